"""How far ranks hold: what is left out or drawn again, which rule is taken, and what a small network cannot say."""
