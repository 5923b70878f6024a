"""`python -m coopgraph.cli` is the command `coopgraph`."""

from coopgraph.cli import main

main()
