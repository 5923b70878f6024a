"""Any SPARQL 1.1 service as a store: a `Reader` that asks over HTTP."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions

from coopgraph.errors import CoopgraphError
from coopgraph.store.remote import results
from coopgraph.store.remote.client import RemoteClient
from coopgraph.store.remote.loop import Loop
from coopgraph.store.remote.syntax import demand_sparql

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import QueryTriples

    from coopgraph.store.port import View
    from coopgraph.store.remote.service import RemoteLimits, RemoteQuery, RemoteService
    from coopgraph.store.remote.stream import Arriving

_DEFAULT: Final = DefaultGraph()


class RemoteStore:
    """A service with its connections, for any number of threads; close it to give them back."""

    def __init__(self, service: RemoteService, *, connections: int) -> None:
        self.service: Final = service
        self.closed: Final = threading.Event()
        self.loop: Final = Loop()
        self.client: Final = RemoteClient(service, connections=connections)

    def ask(self, query: RemoteQuery, limits: RemoteLimits) -> Arriving:
        """See `RemoteClient.ask`."""
        return self.loop.run(self.client.ask(query, limits))

    def select(self, query: RemoteQuery, limits: RemoteLimits) -> QuerySolutions:
        """The rows that answer a query for a table.

        Raises:
            CoopgraphError: what `RemoteClient.ask` raises.
        """
        with contextlib.closing(self.ask(query, limits)) as arriving:
            rows = results.table(arriving)
        if not isinstance(rows, QuerySolutions):
            raise TypeError("a SELECT query is answered by solutions")
        return rows

    def close(self) -> None:
        """End what runs and close all connections; doing it again does nothing."""
        if self.closed.is_set():
            return
        self.closed.set()
        self.loop.run(self.client.close())
        self.loop.close()


class RemoteReader:
    """A `Reader` of what a view shows of a service; `limits` hold for each answer.

    What the service does not do as the embedded engine does is listed with the contract tests.
    """

    def __init__(self, store: RemoteStore, view: View, limits: RemoteLimits) -> None:
        self._store: RemoteStore | None = store
        self._view = view
        self._limits = limits

    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Sequence[NamedNode | DefaultGraph] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
    ) -> QuerySolutions | QueryTriples | QueryBoolean:
        """See `Reader.query`; the whole answer has arrived and been read to its end when this returns.

        Raises:
            CoopgraphError: also what `RemoteClient.ask` raises.
        """
        if self._store is None:
            raise ValueError("read of a closed store")
        demand_sparql(text, base)
        query = self._view.put(text, base=base, default_graphs=default_graphs, named_graphs=named_graphs)
        with contextlib.closing(self._store.ask(query, self._limits)) as arriving:
            return results.graph(arriving) if query.form == "graph" else results.table(arriving)

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """See `Reader.quads`; a blank node has no name that could be asked for.

        Raises:
            CoopgraphError: "request" for a blank node in the pattern; what `query` raises.
        """
        given = {"s": subject, "p": predicate, "o": object}
        if any(isinstance(term, BlankNode) for term in given.values()):
            raise CoopgraphError("request", "A remote store has no names for blank nodes.")
        pattern = " ".join(f"?{name}" if term is None else str(term) for name, term in given.items())
        if isinstance(graph, DefaultGraph):
            where = pattern
        elif isinstance(graph, NamedNode):
            where = f"GRAPH {graph} {{ {pattern} }}"
        else:
            where = f"{{ {pattern} }} UNION {{ GRAPH ?g {{ {pattern} }} }}"
        rows = self.query(f"SELECT ?g ?s ?p ?o WHERE {{ {where} }}")
        if not isinstance(rows, QuerySolutions):
            raise TypeError("a SELECT query is answered by solutions")
        for row in rows:
            yield Quad(subject or row["s"], predicate or row["p"], object or row["o"], graph or row["g"] or _DEFAULT)

    def __len__(self) -> int:
        rows = self.query("SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
        if not isinstance(rows, QuerySolutions):
            raise TypeError("a SELECT query is answered by solutions")
        return sum(int(row["n"].value) for row in rows)

    def close(self) -> None:
        """See `Reader.close`; the store's connections stay for its other readers."""
        self._store = None
