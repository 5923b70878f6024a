"""Which assertions count, and the plain triples that follow from them: a second opinion on the projection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

from pyoxigraph import DefaultGraph, Literal, NamedNode

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.validate.checks.breach import Breach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Quad

Fact = tuple[NamedNode, NamedNode, NamedNode | Literal]
PARTS: Final = frozenset(
    {cg.SUBJECT, cg.PREDICATE, cg.OBJECT, cg.VALUE, cg.FACTUALITY, cg.POLARITY, cg.RANK}
)  # fmt: skip
"""Of what is said of an assertion, what decides whether and for which triples it counts."""
_RANKS: Final = (cg.RANK_PREFERRED, cg.RANK_NORMAL)


class Ledger:
    """The facts and the plans that the assertions of a dataset justify."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        parts: dict[NamedNode, dict[NamedNode, set[NamedNode | Literal]]] = {}
        stated: set[NamedNode] = set()
        supers: dict[NamedNode, set[NamedNode]] = {}
        self._planned: set[Fact] = set()
        for quad in quads:
            subject, predicate, object_ = quad.subject, quad.predicate, quad.object
            if not isinstance(subject, NamedNode) or not isinstance(object_, NamedNode | Literal):
                continue
            if predicate in PARTS:
                parts.setdefault(subject, {}).setdefault(predicate, set()).add(object_)
                if quad.graph_name != terms.BACKGROUND_GRAPH:
                    stated.add(subject)
            elif predicate == cg.RDFS_SUB_PROPERTY_OF and _own(object_):
                supers.setdefault(subject, set()).add(object_)
            if quad.graph_name == terms.PROSPECTIVE_GRAPH:
                self._planned.add((subject, predicate, object_))
        self._supers = supers
        told = [parts[name] for name in stated]
        self._facts = self._projected(told, cg.FACTUALITY_ACTUAL)
        self._plans = self._projected(told, cg.FACTUALITY_PROSPECTIVE)
        # Facts with a counterpart here are actual somewhere, so the shapes let them pass; the others are for shapes.
        self._actual = self._closed(
            one
            for one in parts.values()
            if one.get(cg.FACTUALITY) == {cg.FACTUALITY_ACTUAL} and _affirmed(one) and _ranked(one, *_RANKS)
        )

    def surplus(self, quad: Quad) -> Iterator[Breach]:
        """K08: a plan that no assertion justifies; K10: a fact that only background or a superseded claim supports."""
        fact = (quad.subject, quad.predicate, quad.object)
        if quad.graph_name == terms.PROSPECTIVE_GRAPH:
            if fact not in self._plans:
                yield Breach("K08", quad.subject, quad.predicate, quad.object)
        elif isinstance(quad.graph_name, DefaultGraph) and fact in self._actual and fact not in self._facts:
            yield Breach("K10", quad.subject, quad.predicate, quad.object)

    def missing(self) -> Iterator[Breach]:
        """K09: plans that are asserted and do not stand in their graph."""
        for subject, predicate, object_ in self._plans - self._planned:
            yield Breach("K09", subject, predicate, object_)

    def _projected(
        self, assertions: list[dict[NamedNode, set[NamedNode | Literal]]], factuality: NamedNode
    ) -> set[Fact]:
        by_place: dict[tuple[object, object], list[dict[NamedNode, set[NamedNode | Literal]]]] = {}
        for one in assertions:
            if one.get(cg.FACTUALITY) == {factuality} and _affirmed(one):
                place = frozenset(one.get(cg.SUBJECT, ())), frozenset(one.get(cg.PREDICATE, ()))
                by_place.setdefault(place, []).append(one)
        counting: list[dict[NamedNode, set[NamedNode | Literal]]] = []
        for group in by_place.values():
            preferred = [one for one in group if _ranked(one, cg.RANK_PREFERRED)]
            counting += preferred or [one for one in group if _ranked(one, cg.RANK_NORMAL)]
        return self._closed(counting)

    def _closed(self, assertions: Iterable[dict[NamedNode, set[NamedNode | Literal]]]) -> set[Fact]:
        return {
            (subject, above, object_)
            for one in assertions
            for subject in one.get(cg.SUBJECT, ())
            for predicate in one.get(cg.PREDICATE, ())
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)
            for above in self._above(predicate)
            for object_ in (*one.get(cg.OBJECT, ()), *one.get(cg.VALUE, ()))
        }

    def _above(self, predicate: NamedNode) -> set[NamedNode]:
        found, todo = {predicate}, [predicate]
        while todo:
            new = self._supers.get(todo.pop(), set()) - found
            found |= new
            todo += new
        return found


def _own(term: NamedNode | Literal) -> TypeGuard[NamedNode]:
    return isinstance(term, NamedNode) and term.value.startswith(terms.NS)


def _affirmed(one: dict[NamedNode, set[NamedNode | Literal]]) -> bool:
    return one.get(cg.POLARITY) == {cg.POLARITY_AFFIRMED}


def _ranked(one: dict[NamedNode, set[NamedNode | Literal]], *ranks: NamedNode) -> bool:
    return any(rank in one.get(cg.RANK, ()) for rank in ranks)
