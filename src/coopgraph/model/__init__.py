"""Frozen values that the rooms hand to each other.

Nothing here reads, writes or decides; see the module of each value.
"""
