"""Reading through pyoxigraph, whether its store lies on disk or in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Store

from coopgraph.errors import CoopgraphError
from coopgraph.store.syntax import query_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples


class EngineReader:
    """A `Reader` on a pyoxigraph store that nobody writes to any more."""

    def __init__(self, store: Store) -> None:
        self._store: Store | None = store

    @property
    def _open(self) -> Store:
        if self._store is None:
            raise ValueError("read of a closed store")
        return self._store

    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Sequence[NamedNode | DefaultGraph] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
    ) -> QuerySolutions | QueryTriples | QueryBoolean:
        """See `Reader.query`."""
        store = self._open
        default: list[NamedNode | BlankNode | DefaultGraph] | None = None
        named: list[NamedNode | BlankNode] | None = None
        if default_graphs is not None or named_graphs is not None:
            default, named = [*(default_graphs or ())], [*(named_graphs or ())]
        try:
            return store.query(text, base_iri=base, default_graph=default, named_graphs=named)
        except SyntaxError as error:
            raise query_error(error) from error
        except UnicodeEncodeError as error:
            raise CoopgraphError(
                "syntax", "The query holds half of a surrogate pair, which is no character."
            ) from error
        except ValueError as error:
            raise CoopgraphError("request", f"{error}.") from error

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """See `Reader.quads`."""
        return iter(self._open.quads_for_pattern(subject, predicate, object, graph))

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> None:
        """See `Reader.close`."""
        self._store = None
