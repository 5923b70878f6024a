"""Brings a release into a remote store: aside, counted, and made current by one update at the very end."""

from __future__ import annotations

import contextlib
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from coopgraph.errors import CoopgraphError
from coopgraph.release import remote_catalogue as catalogue
from coopgraph.store.remote.service import RemoteLimits, RemoteQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from coopgraph.release.remote_catalogue import Entry
    from coopgraph.release.shelf import Release
    from coopgraph.store.remote.reader import RemoteStore

SECONDS: Final = 600.0
"""How long the store may take for one part of the work."""

ABANDONED_SECONDS: Final = 3600
"""After this time an upload that has not ended never will."""

_TRIPLES: Final = 10_000
LIMITS: Final = RemoteLimits(seconds=SECONDS, rows=1_000_000, size=1_000_000_000)


def push(store: RemoteStore, release: Release, *, say: Callable[[str], None]) -> Entry:
    """Store the release and make it current; if it is there already, only the latter.

    Readers see it when it is whole and its quads have been counted, all at the same moment. What earlier attempts
    left behind is cleared away.

    Raises:
        CoopgraphError: "different" if the store holds another release of this number, or counts other quads than were
            sent; "request" if a blank node stands in several graphs, whose identity no protocol can carry over;
            "forbidden" without an address for updates; and what `RemoteClient.ask` raises. Then nothing has changed
            for readers.
    """
    counts = _counts(release)
    entry = catalogue.entry_of(release.manifest, (graph.value for graph in counts if isinstance(graph, NamedNode)))
    there = {one.manifest.number: one for one in entries(store)}.get(release.manifest.number)
    if there is not None and there.name != entry.name:
        raise CoopgraphError(
            "different",
            f"The store holds another release {there.manifest.number}, of digest {there.manifest.digest[:16]}.",
            remedy="Push a release with a number of its own.",
        )
    _clear_abandoned(store, entry.name)
    if there is None:
        _upload(store, release, entry, counts, say=say)
    say("Making it current …")
    if (moved := catalogue.move(_alias(store), entry.name)) is not None:
        _update(store, moved)
    return entry


def prune(store: RemoteStore, keep: int) -> tuple[int, ...]:
    """Remove all but the newest `keep` releases; the current one always stays. The numbers that went come back.

    Raises:
        CoopgraphError: what `RemoteClient.ask` raises.
    """
    current = _alias(store)
    gone = [entry for entry in entries(store)[:-keep] if entry.name not in current]
    for entry in gone:
        remove(store, entry)
    return tuple(entry.manifest.number for entry in gone)


def remove(store: RemoteStore, entry: Entry) -> None:
    """Remove a release, which should not be the current one.

    Raises:
        CoopgraphError: what `RemoteClient.ask` raises.
    """
    # Out of the catalogue before its graphs go, so that nobody begins to read what is about to vanish; and announced
    # before that, so that nothing is forgotten if this is cut short.
    stored = _stored_graphs(entry)
    _update(store, catalogue.announce(entry, stored, int(time.time())))
    _update(store, catalogue.forget(entry))
    _clear(store, entry.name, stored)


def entries(store: RemoteStore) -> tuple[Entry, ...]:
    """All releases in the store, ascending by number.

    Raises:
        CoopgraphError: "damaged", or what `RemoteClient.ask` raises.
    """
    return catalogue.entries_in(store.select(catalogue.entries_query(), LIMITS))


def _upload(
    store: RemoteStore,
    release: Release,
    entry: Entry,
    counts: Counter[NamedNode | DefaultGraph],
    *,
    say: Callable[[str], None],
) -> None:
    _clear_abandoned(store, entry.name)
    stored = _stored_graphs(entry)
    _update(store, catalogue.announce(entry, stored, int(time.time())))
    sent, total = 0, sum(counts.values())
    # Closed at once if this fails: the engine's readers must end in the thread that began them.
    with contextlib.closing(_parts(release, entry)) as parts:
        for graph, lines in parts:
            store.loop.run(store.client.add(graph, lines, seconds=SECONDS))
            sent += lines.count(b"\n")
            say(f"Sent {sent} of {total} quads.")
    say("Counting …")
    for original, expected in counts.items():
        graph = entry.view.mark + original.value if isinstance(original, NamedNode) else entry.view.default
        found = _count(store, graph)
        if found != expected:
            raise CoopgraphError(
                "different", f"The store has {found} quads where {expected} were sent, in the graph {graph}."
            )
    _update(store, catalogue.enter(entry))
    _update(store, catalogue.end_upload(entry.name))


def _parts(release: Release, entry: Entry) -> Generator[tuple[str, bytes]]:
    """N-Triples of the stored graphs, in parts; what holds blank nodes is one part a graph, for they must stay one."""
    waiting: defaultdict[str, list[Quad]] = defaultdict(list)
    blank: defaultdict[str, list[Quad]] = defaultdict(list)
    homes: dict[str, str] = {}
    for quad in map(entry.view.stored, release.reader.quads()):
        graph = _name(quad)
        nodes = [term.value for term in (quad.subject, quad.object) if isinstance(term, BlankNode)]
        if any(homes.setdefault(node, graph) != graph for node in nodes):
            raise CoopgraphError("request", "A blank node stands in several graphs, which cannot be sent as it is.")
        if nodes:
            blank[graph].append(quad)
            continue
        waiting[graph].append(quad)
        if len(waiting[graph]) >= _TRIPLES:
            yield graph, _lines(waiting.pop(graph))
    for graph, quads in (*waiting.items(), *blank.items()):
        yield graph, _lines(quads)


def _counts(release: Release) -> Counter[NamedNode | DefaultGraph]:
    counts: Counter[NamedNode | DefaultGraph] = Counter()
    for quad in release.reader.quads():
        if not isinstance(quad.graph_name, BlankNode):
            counts[quad.graph_name] += 1
    return counts


def _clear_abandoned(store: RemoteStore, own: NamedNode) -> None:
    """Remove what earlier attempts at this release left, and what others began so long ago that they are dead."""
    found: defaultdict[NamedNode, set[str]] = defaultdict(set)
    since: dict[NamedNode, int] = {}
    for row in store.select(catalogue.uploads_query(), LIMITS):
        since[row["release"]] = int(row["since"].value)
        found[row["release"]] |= {row["graph"].value} if row["graph"] is not None else set()
    known = {entry.name for entry in entries(store)}
    for name, graphs in found.items():
        if name in known:
            # It was whole and known when its sender died.
            _update(store, catalogue.end_upload(name))
        elif name == own or since[name] < time.time() - ABANDONED_SECONDS:
            _clear(store, name, graphs)


def _clear(store: RemoteStore, name: NamedNode, graphs: Iterable[str]) -> None:
    for graph in graphs:
        _update(store, catalogue.drop(graph))
    _update(store, catalogue.end_upload(name))


def _alias(store: RemoteStore) -> frozenset[NamedNode]:
    return catalogue.alias_in(store.select(catalogue.alias_query(), LIMITS))


def _count(store: RemoteStore, graph: str) -> int:
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    (row,) = store.select(RemoteQuery(text=text, form="table", default_graphs=(graph,)), LIMITS)
    return int(row["n"].value)


def _update(store: RemoteStore, text: str) -> None:
    store.loop.run(store.client.update(text, seconds=SECONDS))


def _stored_graphs(entry: Entry) -> tuple[str, ...]:
    return (entry.view.default, *(entry.view.mark + graph for graph in sorted(entry.view.graphs)))


def _name(quad: Quad) -> str:
    if not isinstance(quad.graph_name, NamedNode):
        raise TypeError("a stored quad lies in a named graph")
    return quad.graph_name.value


def _lines(quads: Iterable[Quad]) -> bytes:
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""
