"""Measures of a network as a whole, one file each: one figure, or the reason why there is none."""
