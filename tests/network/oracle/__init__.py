"""Networks of the shipped graph computed a second time, without any code of the project."""
