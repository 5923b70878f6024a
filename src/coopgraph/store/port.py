"""What coopgraph asks of a store, whatever engine is behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

    from coopgraph.store.remote.service import RemoteQuery


class Reader(Protocol):
    """A store that does not change while it is open.

    A literal comes back as the engine keeps it: numbers, booleans and dates in canonical form (042 is 42), those of
    types derived from xsd:integer as xsd:integer, language tags in lower case. A closed reader raises ValueError.
    """

    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Sequence[NamedNode | DefaultGraph] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
    ) -> QuerySolutions | QueryTriples | QueryBoolean:
        """The engine's answer; without dataset arguments over the default graph and all named graphs.

        A sealed store may hold a description of its content in a graph of its own, `terms.DESCRIPTION_GRAPH`. A query
        that names no graphs with FROM, and does name a term of VoID or SHACL, finds it in the default graph.

        If either argument is given, the two are the whole dataset: one that is missing is empty, and FROM and
        FROM NAMED of the query do not count (SPARQL 1.1 Protocol, 2.1.4). Several default graphs are merged: a triple
        that stands in two of them is there once.

        Raises:
            CoopgraphError: "syntax", with line and column, if the query is not SPARQL; "unsupported" if it calls a
                function that the engine lacks.
        """
        ...

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match, in no particular order."""
        ...

    def __len__(self) -> int:
        """The number of quads."""
        ...

    def close(self) -> None:
        """Give back what the engine holds; reading afterwards is an error."""
        ...


class Builder(Protocol):
    """A store being filled, seen by nobody but its builder."""

    def load(self, quads: Iterable[Quad]) -> None:
        """Add the quads by bulk load."""
        ...

    def load_file(self, path: Path) -> None:
        """Add an N-Quads file by bulk load; blank nodes keep their labels.

        Raises:
            CoopgraphError: "syntax", with file and line, if the file is not N-Quads; then nothing was added.
        """
        ...

    def seal(self, directory: Path) -> None:
        """Optimise, then write an immutable copy that readers can open into `directory`, which must not exist."""
        ...

    def close(self) -> None:
        """Give back what the engine holds."""
        ...


class Editor(Protocol):
    """A copy of a sealed store being changed, seen by nobody but its editor; the sealed store stays as it is."""

    def update(self, text: str, *, base: str | None = None) -> None:
        """Carry out a SPARQL update, wholly or not at all.

        Raises:
            CoopgraphError: "syntax", with line and column, if it is no update; "request" if it fails.
        """
        ...

    def add(self, quads: Iterable[Quad]) -> None:
        """Add the quads; those that are there already do no harm."""
        ...

    def remove(self, quads: Iterable[Quad]) -> None:
        """Remove the quads; those that are not there do no harm."""
        ...

    def holds(self, quad: Quad) -> bool:
        """Whether the quad is there."""
        ...

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match, as they are now, in no particular order."""
        ...

    def has_graph(self, graph: NamedNode) -> bool:
        """Whether a named graph holds anything; one that does not is none."""
        ...

    def lines(self, graph: NamedNode | DefaultGraph) -> bytes:
        """All quads of a graph in N-Quads, blank nodes with their labels."""
        ...

    def write(self, target: Path) -> None:
        """Write all quads to a file in N-Quads; two stores write what both hold in the same order."""
        ...

    def tidy(self) -> int:
        """Forget the graphs that hold nothing; the number of named graphs that hold something comes back."""
        ...

    def seal(self, directory: Path) -> None:
        """Write an immutable copy that readers can open into `directory`, which must not exist."""
        ...

    def close(self) -> None:
        """Give back what the engine holds."""
        ...


class View(Protocol):
    """What of a service is read, and under which names."""

    def put(
        self,
        text: str,
        *,
        base: str | None,
        default_graphs: Sequence[NamedNode | DefaultGraph] | None,
        named_graphs: Sequence[NamedNode] | None,
    ) -> RemoteQuery:
        """A valid query as the service must be asked it; see `Reader.query` on the dataset.

        Raises:
            CoopgraphError: "request" for a dataset that the service cannot be asked for.
        """
        ...


Place = Path | str | View
"""What of a store is asked: the directory of a sealed one, or a view of a remote one."""
