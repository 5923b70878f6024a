"""Rules in SPARQL: the results that a change can bring or take away, and the triples that judging them needs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from coopgraph.model.finding import Finding
from coopgraph.validate.incremental.join import Binding, Search, seeded, used
from coopgraph.validate.incremental.patterns import Atom, Branch, Var, extends
from coopgraph.validate.incremental.plan import TYPE
from coopgraph.validate.incremental.shapes import UnfamiliarError
from coopgraph.validate.incremental.steps import Link, cuts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from coopgraph.validate.incremental.change import Difference
    from coopgraph.validate.incremental.constraints import Query
    from coopgraph.validate.incremental.patterns import Condition
    from coopgraph.validate.incremental.view import Node, View


class Rows:
    """The queries of a plan by the properties that their patterns use."""

    def __init__(self, found: Iterable[Query]) -> None:
        self.queries = tuple(found)
        self.uses: dict[NamedNode | None, list[tuple[Query, Branch, int]]] = defaultdict(list)
        self.bases: dict[Branch, Branch | None] = {}
        # What a branch is besides what it extends, and what extends it in turn.
        self._own: dict[Branch, Branch] = {}
        self._further: dict[Branch, list[Branch]] = defaultdict(list)
        for query in self.queries:
            for branch in query.branches:
                base = self.bases[branch] = extends(branch, query.branches)
                asked = () if base is None else base.conditions
                self._own[branch] = Branch(
                    tuple(atom for atom in branch.atoms if atom.leaf in branch.own),
                    tuple(one for one in branch.conditions if one not in asked),
                    branch.own,
                )
                if base is not None:
                    self._further[base].append(branch)
                for place, atom in enumerate(branch.atoms):
                    if atom.leaf not in branch.own:
                        continue
                    keys: set[NamedNode | None] = (
                        {None} if isinstance(atom.via, Var) else {link.predicate for _, link, _ in cuts(atom.via)}
                    )
                    for key in keys:
                        self.uses[key].append((query, branch, place))

    def affected(self, change: Difference, either: View, after: View, tape: set[Triple]) -> Results:
        """The results that may have come or gone; what judging them needs is put on the tape."""
        sought = {query: _Sought(query, either) for query in self.queries}
        results = Results()
        fresh = {triple.subject for triple in change if triple.predicate == TYPE}
        begun: set[tuple[Branch, str, Node]] = set()
        for triple in change:
            for query, branch, place in (*self.uses.get(triple.predicate, ()), *self.uses.get(None, ())):
                if query.shape in results.unclear:
                    continue
                ways = self._ways(branch, place, triple, fresh, begun)
                try:
                    for wider, atoms, binding in ways:
                        sought[query].add(atoms, wider.conditions, binding)
                except UnfamiliarError as reason:
                    results.unclear[query.shape] = str(reason)
        for query, found in sought.items():
            for key in found.keys:
                if query.shape not in results.unclear:
                    binding = dict(zip(query.key, key, strict=True))
                    try:
                        results.findings.add(query.finding(binding))
                        self._tape(query, None, binding, after, tape)
                    except UnfamiliarError as reason:
                        results.unclear[query.shape] = str(reason)
        return results

    def _ways(
        self, branch: Branch, place: int, triple: Triple, fresh: Collection[Node], begun: set[tuple[Branch, str, Node]]
    ) -> Iterator[tuple[Branch, tuple[Atom, ...], Binding]]:
        """Where to begin if a pattern of a branch matches a triple: a branch, its patterns, and what is bound."""
        start = _fresh_start(branch.atoms[place], triple, fresh)
        if start is None:
            for atoms, binding in seeded(branch, place, triple):
                yield branch, atoms, binding
            return
        name, node = start
        # What extends a row comes with the row.
        while (base := self.bases[branch]) is not None and name in base.variables:
            branch = base
        if (branch, name, node) not in begun:
            begun.add((branch, name, node))
            yield branch, branch.atoms, {name: node}

    def _tape(self, query: Query, base: Branch | None, binding: Binding, after: View, tape: set[Triple]) -> None:
        """Tape all that matches the branches that extend this one, or those that extend none."""
        further = (one for one in query.branches if self.bases[one] is None) if base is None else self._further[base]
        for branch in further:
            own = self._own[branch]
            search = Search(after, query.wanted & branch.variables)
            for solution in search.solutions(own.atoms, own.conditions, binding):
                for atom in own.atoms:
                    used(after, atom, solution, tape)
                self._tape(query, branch, solution, after, tape)


class _Sought:
    """The results of a query that may have come or gone, as the values of the variables they depend on."""

    def __init__(self, query: Query, view: View) -> None:
        self.keys: set[tuple[Node, ...]] = set()
        self._query = query
        self._search = Search(view, frozenset(query.key), lambda found: self._key(found) in self.keys)

    def add(self, atoms: tuple[Atom, ...], conditions: tuple[Condition, ...], binding: Binding) -> None:
        """Add the results of some patterns that begin with a binding."""
        start = dict(binding)
        for name, node in self._query.given:
            if start.setdefault(name, node) != node:
                return
        for solution in self._search.solutions(atoms, conditions, start):
            self.keys.add(self._key(solution))

    def _key(self, binding: Binding) -> tuple[Node, ...]:
        return tuple(binding[name] for name in self._query.key)


@dataclass(slots=True)
class Results:
    """What may have come or gone, and the shapes of which this cannot be told, with the reason."""

    findings: set[Finding] = field(default_factory=set)
    unclear: dict[str, str] = field(default_factory=dict)


def _fresh_start(atom: Atom, triple: Triple, fresh: Collection[Node]) -> tuple[str, Node] | None:
    """A variable and the new node that it stands for if the triple matches: many triples of that node begin there.

    Whatever comes of one of them comes of the node, and few things hang together with a node that is new.
    """
    if not isinstance(atom.via, Link | Var) or (isinstance(atom.via, Link) and atom.via.inverse):
        return None
    for term, node in ((atom.subject, triple.subject), (atom.object, triple.object)):
        if isinstance(term, Var) and node in fresh:
            return term.name, node
    return None
