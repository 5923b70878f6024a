"""Where a reader process is, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopgraph.store.reader_handle import ReaderProcess


class Seat:
    """A seat for a reader process; held by the client whose query runs there, with the store that was read last."""

    __slots__ = ("directory", "holder", "reader")

    def __init__(self) -> None:
        self.reader: ReaderProcess | None = None
        self.holder: str | None = None
        self.directory = ""
