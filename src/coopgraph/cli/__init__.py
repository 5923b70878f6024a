"""The command line: one file per verb, each of them thin.

Data goes to standard output; log, progress and errors go to standard error.
"""

from coopgraph.cli.main import main

__all__ = ["main"]
