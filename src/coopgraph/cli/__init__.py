"""The command line: one file per verb, each of them thin.

Data goes to standard output; log, progress and errors go to standard error.
"""

from __future__ import annotations

import importlib
import signal

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> None:
    """Run one command and end the process; see `coopgraph.cli.main`."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # While modules are read, an interrupt would show where in them; there is nothing yet that it could damage.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    this = main
    module = importlib.import_module("coopgraph.cli.main")
    # That has put the module in this function's place.
    globals()["main"] = this
    module.main(arguments)
