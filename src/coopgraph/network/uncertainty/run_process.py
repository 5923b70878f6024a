"""A process that computes runs for the one that started it, which it is joined to by its standard input."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection
from pathlib import Path

from coopgraph.network.uncertainty.keep import Finished
from coopgraph.network.uncertainty.runs import begun


def main() -> None:
    """Take the work, then one number after another; answer each with itself, or with the error that it raised."""
    end = Connection(os.dup(0))
    try:
        runs, directory = end.recv()
        finished = Finished(Path(directory))
        try:
            run = begun(runs)
            while True:
                number = end.recv()
                finished.put(number, run(number))
                end.send(number)
        except EOFError:
            raise
        except Exception as error:
            end.send(error)
    except (EOFError, ConnectionError):
        # Whoever started this process has ended, or needs no more.
        return


if __name__ == "__main__":
    main()
