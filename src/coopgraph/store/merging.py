"""A default graph made of several: a triple is in it once, in however many of them it stands.

The engine looks into each of the graphs and tells a triple of two of them twice. Graphs seldom share triples, and that
is soon known; where they do, the query is put to a copy in memory.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode

Graph: TypeAlias = "NamedNode | BlankNode | DefaultGraph"


class Overlaps:
    """Which graphs of a store that nobody writes to share a triple, found out once for each two of them."""

    def __init__(self, store: Store, *, remembered: int = 10_000) -> None:
        self._store = store
        self._remembered = remembered
        self._known: dict[frozenset[Graph], bool] = {}

    def any(self, graphs: Iterable[Graph]) -> bool:
        """Whether some triple stands in more than one of the graphs."""
        return any(self._share(one, other) for one, other in itertools.combinations(graphs, 2))

    def _share(self, one: Graph, other: Graph) -> bool:
        pair = frozenset((one, other))
        if pair not in self._known:
            if len(self._known) >= self._remembered:
                self._known.clear()
            # The engine looks up each triple of the first in the second and stops at one that is there.
            text = f"ASK {{ {_pattern(one)} FILTER EXISTS {{ {_pattern(other)} }} }}"
            self._known[pair] = bool(self._store.query(text))
        return self._known[pair]


def merged(store: Store, default: Iterable[Graph], named: Iterable[NamedNode | BlankNode]) -> Store:
    """A store in memory whose default graph holds the triples of those graphs, and which has those named graphs."""
    copy = Store()
    for graph in default:
        copy.extend(Quad(*quad.triple) for quad in store.quads_for_pattern(None, None, None, graph))
    for graph in named:
        copy.extend(store.quads_for_pattern(None, None, None, graph))
    return copy


def _pattern(graph: Graph) -> str:
    return "?s ?p ?o" if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{ ?s ?p ?o }}"
