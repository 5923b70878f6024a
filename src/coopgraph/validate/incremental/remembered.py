"""A store of which some nodes are known by heart: those that a change is mostly about."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode

from coopgraph import vocabulary as cg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import DefaultGraph, Literal, Quad, Triple

    from coopgraph.validate.incremental.change import Quads

# One look-up for a whole node costs little more than one for a property of it, unless much is said of the node.
_MOST: Final = 256
_Known = dict["NamedNode | BlankNode | Literal | Triple", dict["NamedNode", list["Quad"]]]


class Remembered:
    """The quads of a store; those from and to the nodes given are read once, if they are not too many."""

    def __init__(self, store: Quads, nodes: Iterable[NamedNode | BlankNode]) -> None:
        self._store = store
        self._from: _Known = {}
        self._to: _Known = {}
        for node in nodes:
            _learn(self._from, node, store.quads(node))
            _learn(self._to, node, store.quads(object=node))

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match, in no particular order."""
        known = self._from.get(subject) if subject is not None else None
        if known is None and object is not None:
            known = self._to.get(object)
        if known is None:
            return self._store.quads(subject, predicate, object, graph)
        lists = known.values() if predicate is None else (known.get(predicate, []),)
        return (
            quad
            for quads in lists
            for quad in quads
            if (subject is None or quad.subject == subject)
            and (object is None or quad.object == object)
            and (graph is None or quad.graph_name == graph)
        )

    def __len__(self) -> int:
        return len(self._store)


def fresh(quads: Iterable[Quad]) -> set[NamedNode | BlankNode]:
    """The nodes that are new or gone, as far as can be told: those of which a class is."""
    return {
        quad.subject
        for quad in quads
        if quad.predicate == cg.RDF_TYPE and isinstance(quad.subject, NamedNode | BlankNode)
    }


def _learn(known: _Known, node: NamedNode | BlankNode, quads: Iterator[Quad]) -> None:
    found = list(islice(quads, _MOST + 1))
    if len(found) <= _MOST:
        by_predicate: dict[NamedNode, list[Quad]] = {}
        for quad in found:
            by_predicate.setdefault(quad.predicate, []).append(quad)
        known[node] = by_predicate
