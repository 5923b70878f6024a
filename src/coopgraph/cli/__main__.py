"""`python -m coopgraph.cli` is the command `coopgraph`."""

from coopgraph.cli.main import main

main()
