"""A sealed store taken up again: a copy that shares its files, changed by nobody but its maker, then sealed itself."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, RdfFormat, Store, serialize

from coopgraph.errors import CoopgraphError
from coopgraph.store import engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import BlankNode, DefaultGraph, Literal, Quad

_TABLES: Final = ".sst"
_FEW: Final = 10_000


class OxigraphFork:
    """An `Editor` of a copy of a sealed store, in a directory that must not exist yet and goes when it is closed.

    The engine's tables are never written to again once they are whole, so the copy has them as hard links; all that
    it does write to, its journal and its lists, is copied. The sealed directory is only read.

    Raises:
        CoopgraphError: "damaged" if the directory holds no store that can be opened.
    """

    def __init__(self, sealed: Path, directory: Path) -> None:
        directory.mkdir(parents=True)
        self._directory = directory
        self._store: Store | None = None
        for file in sealed.iterdir():
            copy = os.link if file.suffix == _TABLES else shutil.copyfile
            copy(file, directory / file.name)
        try:
            self._store = Store(directory)
        except (OSError, RuntimeError) as error:
            raise CoopgraphError("damaged", f"The store {sealed} cannot be opened: {error}.") from error

    @property
    def _open(self) -> Store:
        if self._store is None:
            raise ValueError("use of a closed store")
        return self._store

    def update(self, text: str, *, base: str | None = None) -> None:
        """See `Editor.update`."""
        engine.update(self._open, text, base=base)

    def add(self, quads: Iterable[Quad]) -> None:
        """See `Editor.add`."""
        given = list(quads)
        if len(given) > _FEW:
            # It writes whole files, which only pays for many.
            self._open.bulk_extend(given)
        else:
            self._open.extend(given)

    def remove(self, quads: Iterable[Quad]) -> None:
        """See `Editor.remove`."""
        for quad in quads:
            self._open.remove(quad)

    def holds(self, quad: Quad) -> bool:
        """See `Editor.holds`."""
        return quad in self._open

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """See `Editor.quads`."""
        return iter(self._open.quads_for_pattern(subject, predicate, object, graph))

    def has_graph(self, graph: NamedNode) -> bool:
        """See `Editor.has_graph`."""
        return next(self._open.quads_for_pattern(None, None, None, graph), None) is not None

    def lines(self, graph: NamedNode | DefaultGraph) -> bytes:
        """See `Editor.lines`."""
        return serialize(self._open.quads_for_pattern(None, None, None, graph), format=RdfFormat.N_QUADS) or b""

    def write(self, target: Path) -> None:
        """See `Editor.write`."""
        self._open.dump(str(target), RdfFormat.N_QUADS)

    def tidy(self) -> int:
        """See `Editor.tidy`."""
        count = 0
        for graph in list(self._open.named_graphs()):
            if next(self._open.quads_for_pattern(None, None, None, graph), None) is None:
                self._open.remove_graph(graph)
            else:
                count += 1
        return count

    @property
    def tables(self) -> int:
        """How many files the engine keeps its quads in; each change adds some, and the engine joins none of them."""
        return sum(1 for _ in self._directory.glob(f"*{_TABLES}"))

    def seal(self, directory: Path) -> None:
        """See `Editor.seal`; files that have not changed are those of the store this one was taken from."""
        if directory.exists():
            raise FileExistsError(directory)
        self._open.backup(str(directory))

    def close(self) -> None:
        """See `Editor.close`."""
        self._store = None
        shutil.rmtree(self._directory, ignore_errors=True)
