"""The numbers of a dataset after a change, from those before it and from what the change touches.

Every triple adds to its graph, to its property and, by the classes of its subject and its object, to their partitions.
So what must be looked at are the triples that came or went, and all triples of the nodes that were given a class or
lost one; all others count as before. Of a graph that is described by totals alone, the distinct classes and properties
cannot be told from a difference: such graphs, which are not among the largest, are counted through when touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.release.partitions import Counted, GraphCount, Totals, detailed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from coopgraph.release.in_base import InDefaultBase
    from coopgraph.release.partitions import Classes

    Node = NamedNode | BlankNode
    Graph = NamedNode | DefaultGraph

_DEFAULT: Final = DefaultGraph()
_ANYWAY: Final = 5000
_SHARE: Final = 10
"""Looking at one triple here takes about so many times as long as counting it among all."""


class TooWideError(Exception):
    """More would have to be looked at than counting everything takes."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change: the quads before and after it, in whatever order, and which of them came and went."""

    before: InDefaultBase
    after: InDefaultBase
    added: Collection[Quad]
    removed: Collection[Quad]


def recount(counted: Counted, step: Step) -> Counted:
    """What is counted after a change, `counted` being what was counted before it, which is used up.

    Raises:
        TooWideError: if counting everything is cheaper.
    """
    budget = _Budget(_ANYWAY + len(step.after) // _SHARE)
    before, after = _State(step.before, budget), _State(step.after, budget)
    retyped = {_subject(quad) for quad in (*step.added, *step.removed) if _class_of(quad)}
    gone, come = before.all_about(retyped, step.removed), after.all_about(retyped, step.added)
    totals, details = counted.totals, counted.details
    touched = {_place(quad) for quad in (*gone, *come)}
    # What has blank nodes as classes is described without them, so what is described is not all that was counted.
    whole = {place for place in touched if _described_whole(_written(place), counted)}
    for state, quads, sign in ((before, gone, -1), (after, come, 1)):
        for quad in quads:
            if quad.graph_name in whole and not _add(details[_written(quad.graph_name)], state, quad, sign):
                whole.discard(_place(quad))
    for subject, place in {(_subject(quad), _place(quad)) for quad in (*gone, *come) if quad.graph_name in whole}:
        for state, sign in ((before, -1), (after, 1)):
            _add_speaker(details[_written(place)], state, subject, place, sign)
    for place in touched:
        name = _written(place)
        details[name] = _tidy(details[name]) if place in whole else after.count(place)
        totals[name] = Totals.of(details[name])
    totals = {name: one for name, one in totals.items() if one.triples}
    wanted = detailed(totals)
    for name in wanted - details.keys():
        details[name] = after.count(_graph(name))
    return Counted(totals, {name: details[name] for name in wanted})


def _described_whole(name: bytes, counted: Counted) -> bool:
    return name in counted.details and len(counted.details[name].classes) == counted.totals[name].classes


class _Budget:
    """How many triples may still be looked at."""

    def __init__(self, left: int) -> None:
        self._left = left

    def spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooWideError


class _State:
    """The quads before or after the change; what was looked up once is kept."""

    def __init__(self, quads: InDefaultBase, budget: _Budget) -> None:
        self._quads = quads
        self._budget = budget
        self._classes: dict[tuple[Node, object], Classes] = {}

    def all_about(self, nodes: Iterable[Node], more: Iterable[Quad]) -> set[Quad]:
        """These quads, and all in which one of the nodes is subject or object."""
        found = set(more)
        for node in nodes:
            found.update(self._spending(self._quads.quads(node)))
            found.update(self._spending(self._quads.quads(None, None, node)))
        return {quad for quad in found if quad.graph_name != terms.DESCRIPTION_GRAPH}

    def classes(self, node: Node, graph: object) -> Classes:
        """The classes of a node for who reads this graph: those that it or the default graph gives."""
        found = self._given(node, _DEFAULT)
        return found if graph == _DEFAULT else found | self._given(node, graph)

    def speaks(self, subject: Node, graph: Graph) -> bool:
        """Whether a graph says anything of a subject."""
        return next(self._quads.quads(subject, None, None, graph), None) is not None

    def count(self, graph: Graph) -> GraphCount:
        """All of a graph, counted through."""
        counts, subjects = GraphCount(), set["Node"]()
        for quad in self._spending(self._quads.quads(graph=graph)):
            subjects.add(_subject(quad))
            _add(counts, self, quad, 1)
        for subject in subjects:
            _add_speaker(counts, self, subject, graph, 1)
        return counts

    def _given(self, node: Node, graph: object) -> Classes:
        known = self._classes.get((node, graph))
        if known is None:
            quads = self._spending(self._quads.quads(node, cg.RDF_TYPE, None, graph))  # type: ignore[arg-type]
            known = self._classes[node, graph] = frozenset(filter(None, map(_class_of, quads)))
        return known

    def _spending(self, quads: Iterator[Quad]) -> Iterator[Quad]:
        for quad in quads:
            self._budget.spend()
            yield quad


def _add(counts: GraphCount, state: _State, quad: Quad, sign: int) -> bool:
    """Count a quad, or take it off; False if its subject has a class without a name."""
    counts.triples += sign
    classes = state.classes(_subject(quad), quad.graph_name)
    predicate, spoken = _written(quad.predicate), quad.object
    for part in (counts.properties[predicate], *(counts.classes[one].properties[predicate] for one in classes)):
        part.triples += sign
        if isinstance(spoken, Literal):
            part.datatypes[_written(spoken.datatype)] += sign
        elif isinstance(spoken, NamedNode | BlankNode):
            for one in state.classes(spoken, quad.graph_name):
                part.classes[one] += sign
    return all(one.startswith(b"<") for one in classes)


def _add_speaker(counts: GraphCount, state: _State, subject: Node, graph: Graph, sign: int) -> None:
    if state.speaks(subject, graph):
        counts.subjects += sign
        for one in state.classes(subject, graph):
            counts.classes[one].entities += sign


def _tidy(counts: GraphCount) -> GraphCount:
    """The same without what has come to nothing."""
    _drop(counts.classes, [name for name, one in counts.classes.items() if not one.entities])
    for properties in (counts.properties, *(one.properties for one in counts.classes.values())):
        _drop(properties, [name for name, one in properties.items() if not one.triples])
        for one in properties.values():
            for numbers in (one.classes, one.datatypes):
                _drop(numbers, [name for name, number in numbers.items() if not number])
    return counts


def _drop(found: dict[bytes, Any], names: Iterable[bytes]) -> None:
    for name in names:
        del found[name]


def _class_of(quad: Quad) -> bytes:
    """The class that a quad gives to its subject; empty if it gives none."""
    gives = quad.predicate == cg.RDF_TYPE and isinstance(quad.object, NamedNode | BlankNode)
    return _written(quad.object) if gives else b""


def _subject(quad: Quad) -> Node:
    # In RDF 1.2 no triple is a subject, and no blank node names a graph here.
    return cast("Node", quad.subject)


def _place(quad: Quad) -> Graph:
    return cast("Graph", quad.graph_name)


def _written(term: object) -> bytes:
    """A term as N-Quads have it, nothing for the default graph."""
    return b"" if isinstance(term, DefaultGraph) else str(term).encode()


def _graph(written: bytes) -> Graph:
    return NamedNode(written[1:-1].decode()) if written else _DEFAULT
