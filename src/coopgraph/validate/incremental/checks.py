"""The checks over quads: what a change affects of them, and the quads that judging this alone needs."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.validate.checks.counting import PARTS
from coopgraph.validate.incremental.steps import Link, Path, Repeat
from coopgraph.validate.incremental.view import View, triple_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from coopgraph.model.finding import Finding
    from coopgraph.validate.incremental.change import Delta, Quads
    from coopgraph.validate.incremental.view import Budget, Node

_UPWARD: Path = Repeat(Link(cg.RDFS_SUB_PROPERTY_OF), 0, many=True)


class Touched:
    """The triples, labels and graphs that the findings of checks can differ in, and quads enough to judge them."""

    def __init__(self, after: Quads, delta: Delta, budget: Budget) -> None:
        self._store = after
        everywhere: frozenset[NamedNode] = frozenset()
        self._after = View(after, budget, hidden=everywhere)
        gone = [quad.triple for quad in delta.removed]
        self._either = View(after, budget, gone, now=self._after, hidden=everywhere) if gone else self._after
        self._triples: set[Triple] = {quad.triple for quad in delta}
        self._labels: set[tuple[str, str]] = set()
        self._graphs = {quad.graph_name for quad in delta if isinstance(quad.graph_name, NamedNode)}
        self._needed: set[Triple] = set()
        for quad in delta:
            if quad.predicate == cg.SKOS_PREF_LABEL:
                self._label(quad.subject, quad.object)
        for assertion in {quad.subject for quad in delta if quad.predicate in PARTS}:
            self._assertion(assertion)
        for triple in tuple(self._triples):
            self._supports(triple)
        self._names = {tuple(map(str, triple)) for triple in self._triples}

    def covers(self, finding: Finding) -> bool:
        """Whether the change may have brought a finding of a check, or taken it away."""
        if finding.code == "K01":
            return (_kind(finding.focus), finding.value) in self._labels
        if not finding.path:
            return finding.focus in {str(graph) for graph in self._graphs}
        return (finding.focus, finding.path, finding.value) in self._names

    def quads(self) -> Iterator[Quad]:
        """All quads that the checks need for what is covered."""
        for triple in self._triples | self._needed:
            yield from self._store.quads(triple.subject, triple.predicate, triple.object)  # type: ignore[arg-type]
        for graph in self._graphs:
            if isinstance(graph, NamedNode) and next(self._store.quads(graph=graph), None) is not None:
                # That there is something in the graph is all that matters here.
                yield Quad(graph, graph, graph, graph)
        yield from self._store.quads(None, cg.RDFS_SUB_PROPERTY_OF)

    def _label(self, subject: Node, label: Node) -> None:
        if isinstance(subject, NamedNode) and isinstance(label, Literal) and subject.value.startswith(terms.ID):
            self._labels.add((_kind(str(subject)), str(label)))
            self._needed.update(
                triple_of(other, cg.SKOS_PREF_LABEL, label) for other in self._after.into(cg.SKOS_PREF_LABEL, label)
            )

    def _assertion(self, assertion: Node) -> None:
        """Add the facts that an assertion can make stand or fall."""
        self._triples.update(self._facts(assertion))
        if cg.RANK_PREFERRED in self._either.out(assertion, cg.RANK):
            for rival in _rivals(self._either, assertion):
                self._triples.update(self._facts(rival))

    def _facts(self, assertion: Node) -> Iterator[Triple]:
        def parts(*predicates: NamedNode) -> list[Node]:
            return [node for predicate in predicates for node in self._either.out(assertion, predicate)]

        for subject, predicate, object_ in product(parts(cg.SUBJECT), parts(cg.PREDICATE), parts(cg.OBJECT, cg.VALUE)):
            if isinstance(subject, NamedNode) and isinstance(object_, NamedNode | Literal):
                for above in self._either.follow(_UPWARD, predicate):
                    if isinstance(above, NamedNode):
                        yield triple_of(subject, above, object_)

    def _supports(self, fact: Triple) -> None:
        """Add what is said of the assertions that can justify a fact, and of those that are preferred to them."""
        for predicate in (cg.OBJECT, cg.VALUE):
            for assertion in _having(self._after, (cg.SUBJECT, fact.subject), (predicate, fact.object)):
                asserted = self._after.out(assertion, cg.PREDICATE)
                if any(fact.predicate in self._after.follow(_UPWARD, one) for one in asserted):
                    self._described(assertion)
                    for rival in _rivals(self._after, assertion, (cg.RANK, cg.RANK_PREFERRED)):
                        self._described(rival)

    def _described(self, assertion: Node) -> None:
        for predicate in PARTS:
            self._needed.update(triple_of(assertion, predicate, node) for node in self._after.out(assertion, predicate))


def placed(after: Quads, delta: Delta) -> bool:
    """Whether there was and is a named graph besides the shapes: without one, most checks have nothing to say."""
    # Every claim has a factuality, so this finds one at once wherever there are claims.
    return any(
        isinstance(quad.graph_name, NamedNode) and quad.graph_name != terms.SHAPES_GRAPH and quad not in delta.added
        for quad in after.quads(None, cg.FACTUALITY)
    )


def _rivals(view: View, assertion: Node, *more: tuple[NamedNode, Node]) -> Iterator[Node]:
    """The assertions of the same property of the same thing, itself among them."""
    for subject, predicate in product(view.out(assertion, cg.SUBJECT), view.out(assertion, cg.PREDICATE)):
        yield from _having(view, (cg.SUBJECT, subject), (cg.PREDICATE, predicate), *more)


def _having(view: View, *properties: tuple[NamedNode, Node]) -> Iterator[Node]:
    """The nodes with all these properties; the rarest of them is read."""
    lists = [view.into(predicate, object_) for predicate, object_ in properties]
    reach = 4
    while not any(found.within(reach) for found in lists):
        reach *= 4
    rarest = next(place for place, found in enumerate(lists) if found.within(reach))
    others = [properties[place] for place in range(len(properties)) if place != rarest]
    for node in lists[rarest]:
        if all(view.holds(node, predicate, object_) for predicate, object_ in others):
            yield node


def _kind(name: str) -> str:
    return name.strip("<>").removeprefix(terms.ID).partition("/")[0]
