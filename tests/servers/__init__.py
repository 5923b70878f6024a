"""Real SPARQL services of other projects, each in a process of its own on loopback, for tests to read and write.

A machine that lacks one skips its tests and says why; where everything must be there (CI), that is a failure.
"""
