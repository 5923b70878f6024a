"""The stores that a reader process has open: those asked last, each the one that lies in its directory now."""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.store.oxigraph import OxigraphReader

if TYPE_CHECKING:
    from coopgraph.store.port import Reader

KEPT: Final = 4
"""How many stores stay open at most."""


class OpenStores:
    """Opens sealed stores when they are asked for, and keeps the last used."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, tuple[tuple[int, int, int], OxigraphReader]] = OrderedDict()

    def reader(self, directory: str) -> Reader:
        """The reader of the store in this directory.

        Raises:
            CoopgraphError: "damaged" if there is no store that can be opened, "storage" if it may not be read.
        """
        try:
            # Once for each query: a path object would take longer than the call.
            status = os.stat(directory)  # noqa: PTH116
        except OSError as error:
            self.forget(directory)
            raise CoopgraphError("damaged", f"The store {directory} cannot be opened: {error.strerror}.") from error
        # A release that was pruned may be followed by another one of its number.
        identity = status.st_dev, status.st_ino, status.st_ctime_ns
        known, reader = self._open.get(directory, (None, None))
        if reader is None or known != identity:
            self.forget(directory)
            reader = OxigraphReader(Path(directory))
            self._open[directory] = identity, reader
            while len(self._open) > KEPT:
                self.forget(next(iter(self._open)))
        self._open.move_to_end(directory)
        return reader

    def forget(self, directory: str) -> None:
        """Close the store of this directory, if it is open."""
        _, reader = self._open.pop(directory, (None, None))
        if reader is not None:
            reader.close()
