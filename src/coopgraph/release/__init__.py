"""Releases: sealed, numbered, immutable, and swapped in by one atomic rename.

A build ends here and a request begins here; they share nothing else.
"""
