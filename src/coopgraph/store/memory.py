"""The store in memory: for tests and for data that is small and soon gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, Store, parse

from coopgraph.errors import CoopgraphError
from coopgraph.store.engine import EngineReader, update
from coopgraph.store.syntax import file_error

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Quad

_FILE: Final = "quads.nq"


class MemoryBuilder:
    """A `Builder` without a directory; what it seals is one N-Quads file."""

    def __init__(self) -> None:
        self._store: Store | None = Store()

    @property
    def _open(self) -> Store:
        if self._store is None:
            raise ValueError("use of a closed builder")
        return self._store

    def load(self, quads: Iterable[Quad]) -> None:
        """See `Builder.load`."""
        self._open.bulk_extend(quads)

    def load_file(self, path: Path) -> None:
        """See `Builder.load_file`; blank nodes keep their labels."""
        try:
            # All or nothing: the parser may fail after many good lines.
            self._open.bulk_extend(list(parse(path=str(path), format=RdfFormat.N_QUADS)))
        except SyntaxError as error:
            raise file_error(error, path) from error

    def seal(self, directory: Path) -> None:
        """See `Builder.seal`."""
        directory.mkdir()
        self._open.dump(str(directory / _FILE), RdfFormat.N_QUADS)

    def close(self) -> None:
        """See `Builder.close`."""
        self._store = None


class MemoryReader(EngineReader):
    """A `Reader` of these quads, or of what a `MemoryBuilder` has sealed (`MemoryReader.open`)."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        store = Store()
        store.bulk_extend(quads)
        super().__init__(store)

    @classmethod
    def open(cls, directory: Path) -> MemoryReader:
        """The sealed quads.

        Raises:
            CoopgraphError: "damaged" if they cannot be read.
        """
        path = directory / _FILE
        try:
            return cls(parse(path=str(path), format=RdfFormat.N_QUADS))
        except (OSError, SyntaxError) as error:
            raise CoopgraphError("damaged", f"The store {directory} cannot be opened: {error}.") from error


def kept(quads: Iterable[Quad]) -> set[bytes]:
    """The quads as the engine keeps them, as N-Quads lines ending in LF; see `Reader` on what it changes."""
    store = Store()
    store.extend(quads)
    # Bytes split at CR and LF only, and inside a line both are escaped.
    return set((store.dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))


def updated(quads: Iterable[Quad], text: str, *, base: str | None = None) -> list[Quad]:
    """What a dataset of these quads becomes by a SPARQL update; blank nodes keep their labels.

    Raises:
        CoopgraphError: "syntax", with line and column, if it is no update; "request" if it fails.
    """
    store = Store()
    store.extend(quads)
    update(store, text, base=base)
    return list(store)
