"""The stores that keep the contract: how each is filled, sealed and read."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from coopgraph.errors import CoopgraphError
from coopgraph.release.remote_view import ReleaseView
from coopgraph.store.memory import MemoryBuilder, MemoryReader
from coopgraph.store.oxigraph import OxigraphBuilder, OxigraphReader
from coopgraph.store.remote.reader import RemoteReader, RemoteStore
from coopgraph.store.remote.service import RemoteLimits
from tests.servers.fuseki import fuseki
from tests.servers.virtuoso import virtuoso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from coopgraph.store.port import Builder, Reader

LIMITS = RemoteLimits(seconds=30.0, rows=10_000, size=10_000_000)


@dataclass(frozen=True)
class Backend:
    name: str
    builder: Callable[[Path], Builder]
    reader: Callable[[Path], Reader]


@contextlib.contextmanager
def backend_named(name: str, directory: Path) -> Iterator[Backend]:
    """A backend, with its server if it needs one."""
    if name == "oxigraph":
        yield Backend(name, OxigraphBuilder, OxigraphReader)
    elif name == "memory":
        yield Backend(name, lambda _: MemoryBuilder(), MemoryReader.open)
    else:
        server = fuseki(directory) if name == "fuseki" else virtuoso(directory)
        try:
            server.start()
            with contextlib.closing(RemoteStore(server.service, connections=2)) as store:
                yield Backend(name, lambda _: RemoteBuilder(store), lambda path: remote_reader(store, path))
        finally:
            server.kill()


class RemoteBuilder:
    """Collects quads; what it seals lies in the remote store, and in the directory stands which part of it."""

    _marks = itertools.count(1)

    def __init__(self, store: RemoteStore) -> None:
        self._store = store
        self._collected = MemoryBuilder()

    def load(self, quads: Iterable[Quad]) -> None:
        self._collected.load(quads)

    def load_file(self, path: Path) -> None:
        self._collected.load_file(path)

    def seal(self, directory: Path) -> None:
        self._collected.seal(directory)
        quads = list(MemoryReader.open(directory).quads())
        graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
        view = ReleaseView(f"urn:coopgraph:contract:{next(self._marks)}:", frozenset(graphs))
        stored: defaultdict[str, list[Quad]] = defaultdict(list)
        for quad in map(view.stored, quads):
            assert not isinstance(quad.graph_name, DefaultGraph)
            stored[quad.graph_name.value].append(quad)
        for graph, members in stored.items():
            lines = serialize((quad.triple for quad in members), format=RdfFormat.N_TRIPLES)
            self._store.loop.run(self._store.client.add(graph, lines or b"", seconds=30))
        (directory / "remote.json").write_text(json.dumps({"mark": view.mark, "graphs": sorted(view.graphs)}))

    def close(self) -> None:
        self._collected.close()


def remote_reader(store: RemoteStore, directory: Path) -> Reader:
    try:
        told = json.loads((directory / "remote.json").read_text())
    except OSError as error:
        raise CoopgraphError("damaged", f"{directory} names no part of a store.") from error
    return RemoteReader(store, ReleaseView(told["mark"], frozenset(told["graphs"])), LIMITS)
