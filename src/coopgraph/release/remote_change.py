"""Changes of a remote dataset that has no releases: each becomes one update, which the store carries out or refuses."""

from __future__ import annotations

import contextlib
import secrets
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, serialize

from coopgraph.errors import CoopgraphError
from coopgraph.release.change import ANY, Changed
from coopgraph.release.edit import Delete, Post, Put, Update, said
from coopgraph.release.remote_shelf import UNNUMBERED, look
from coopgraph.store.remote import results
from coopgraph.store.remote.reader import RemoteStore
from coopgraph.store.remote.service import RemoteLimits, RemoteQuery, RemoteService

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.release.change import Guard
    from coopgraph.release.edit import Edit, Graph
    from coopgraph.settings import Settings

_CONNECTIONS: Final = 2
_LIMITS: Final = RemoteLimits(seconds=30.0, rows=10, size=100_000)


class RemoteChanger:
    """See `Changes`. What the store knows of transactions is all that there is: an update is one request to it."""

    def __init__(self, settings: Settings) -> None:
        self._service: Final = RemoteService.of(settings)
        self._seconds: Final = settings.change_seconds
        self._store: RemoteStore | None = None

    def start(self) -> None:
        """Open nothing yet: connections come with the first change."""

    def run(self, edit: Edit, guard: Guard = ANY) -> Changed:
        """See `Changes.run`; what changed is not counted.

        Raises:
            CoopgraphError: "forbidden" if releases were pushed to the store, which are changed by pushing others;
                "precondition", "not-found", "request", "syntax", and what `RemoteClient.update` raises.
        """
        if self._store is None:
            self._store = RemoteStore(self._service, connections=_CONNECTIONS)
        store = self._store
        if look(store).entries:
            raise CoopgraphError("forbidden", "The store holds releases.", remedy="Push a new one to change it.")
        graph = None if isinstance(edit, Update) else getattr(edit, "graph", None)
        existed = not isinstance(graph, NamedNode) or _holds(store, graph)
        if isinstance(edit, Delete) and not existed:
            raise CoopgraphError("not-found", f"There is no graph {graph}.")
        guard.demand(existed=existed)
        store.loop.run(store.client.update(statement(edit), seconds=self._seconds))
        # Nothing tells what the dataset is now, so its validator is one that nobody has seen.
        return Changed(UNNUMBERED, secrets.token_hex(32), 0, 0, existed)

    def close(self) -> None:
        """See `Changes.close`."""
        if self._store is not None:
            self._store.close()


def statement(edit: Edit) -> str:
    """The update that does what the edit says.

    Raises:
        CoopgraphError: "request" for a patch, which needs the graph at hand; "syntax" or "media-type" for documents.
    """
    match edit:
        case Update(text, base):
            return f"BASE <{base}>\n{text}" if base else text
        case Post(documents, graph):
            return _inserted(said(documents, graph))
        case Put(documents, graph):
            return f"DROP SILENT {_named(graph)} ;\n{_inserted(said(documents, graph))}"
        case Delete(graph):
            return f"DROP SILENT {_named(graph)}"
        case _:
            raise CoopgraphError("request", "A remote store takes no patches.", remedy="Send an update to /update.")


def _named(graph: Graph | None) -> str:
    if graph is None:
        return "ALL"
    return f"GRAPH {graph}" if isinstance(graph, NamedNode) else "DEFAULT"


def _inserted(quads: Iterable[Quad]) -> str:
    """One operation, so that a blank node is one node in all its graphs."""
    lines: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, BlankNode):
            raise CoopgraphError("request", "A graph needs a name here.")
        lines[str(quad.graph_name) if isinstance(quad.graph_name, NamedNode) else ""].append(quad)
    parts = []
    for graph, members in lines.items():
        triples = (serialize((quad.triple for quad in members), format=RdfFormat.N_TRIPLES) or b"").decode()
        parts.append(f"GRAPH {graph} {{\n{triples}}}" if graph else triples)
    return f"INSERT DATA {{\n{''.join(parts)}}}"


def _holds(store: RemoteStore, graph: NamedNode) -> bool:
    query = RemoteQuery(text=f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}", form="boolean")
    with contextlib.closing(store.ask(query, _LIMITS)) as arriving:
        return bool(results.table(arriving))
