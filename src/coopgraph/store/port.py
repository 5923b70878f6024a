"""What coopgraph asks of a store, whatever engine is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples


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
        FROM NAMED of the query do not count (SPARQL 1.1 Protocol, 2.1.4). Several default graphs are merged,
        without removing a triple that stands in two of them.

        Raises:
            CoopgraphError: "syntax", with line and column, if the query is not SPARQL.
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
