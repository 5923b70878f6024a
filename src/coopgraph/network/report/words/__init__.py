"""How the parts of a report read: sentences, tables and pictures made from the numbers and from nothing else."""
