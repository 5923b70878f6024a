"""Requests of any bytes: whatever arrives is understood or refused, and always in the same way.

`python -m tests.fuzz --cases 1000000` lets a coverage-guided fuzzer look for a request that breaks a property; the
tests beside it try a bounded number by chance.
"""
