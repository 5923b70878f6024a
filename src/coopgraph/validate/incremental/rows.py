"""Rules in SPARQL: the results that a change can bring or take away, and the triples that judging them needs."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from coopgraph.model.finding import Finding
from coopgraph.validate.incremental.join import Binding, Search, seeded, used
from coopgraph.validate.incremental.patterns import Atom, Branch, Var, extends
from coopgraph.validate.incremental.plan import CLASSES, TYPE
from coopgraph.validate.incremental.queries import Conjunctions, conjunctions
from coopgraph.validate.incremental.shapes import ShapesGraph, UnfamiliarError, sh
from coopgraph.validate.incremental.steps import Link, cuts
from coopgraph.validate.runner import SH, code_of, severity_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from coopgraph.model.finding import Severity
    from coopgraph.validate.incremental.change import Difference
    from coopgraph.validate.incremental.plan import Rule, Target
    from coopgraph.validate.incremental.view import Node, View

COMPONENT: Final = f"<{SH}SPARQLConstraintComponent>"
_PLACE: Final = re.compile(r"\{[?$](\w+)\}")
_SAID: Final = frozenset({sh(name) for name in ("prefixes", "message", "select")})


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A constraint in SPARQL for one of the targets of its shape."""

    shape: str
    severity: Severity
    message: str
    branches: tuple[Branch, ...]
    given: tuple[tuple[str, Node], ...]
    """What is bound from the beginning: the focus node, if the target names it."""
    key: tuple[str, ...]
    """The variables on which a result depends."""
    wanted: frozenset[str]

    def finding(self, binding: Binding) -> Finding:
        """The result of a row.

        Raises:
            UnfamiliarError: if an engine may write it in another way.
        """
        message = _PLACE.sub(lambda found: _plain(binding[found[1]]), self.message)
        value = binding.get("value")
        return Finding(
            code=code_of(self.shape, message, COMPONENT[1:-1]),
            severity=self.severity,
            focus=str(binding["this"]),
            path="",
            value=str(binding["this"] if value is None else value),
            message=message,
            shape=self.shape,
            component=COMPONENT,
        )


def queries(graph: ShapesGraph, rule: Rule) -> Iterator[Query]:
    """The queries of a rule.

    Raises:
        UnfamiliarError: if something in them is not understood.
    """
    [shape] = rule.names if len(rule.names) == 1 else [""]
    if rule.sparql and (not shape or not shape.startswith("<")):
        raise UnfamiliarError("a query of several shapes")
    for constraint, target in product(rule.sparql, rule.targets):
        yield _query(graph, NamedNode(shape[1:-1]), constraint, target)


def _query(graph: ShapesGraph, shape: NamedNode, constraint: Node, target: Target) -> Query:
    unknown = graph.properties(constraint).keys() - _SAID - {TYPE}
    if unknown:
        raise UnfamiliarError(f"{min(unknown, key=str)} of a query")
    text, message = graph.one(constraint, "select"), graph.one(constraint, "message")
    severity = graph.one(shape, "severity")
    if not isinstance(text, Literal) or not isinstance(message, Literal):
        raise UnfamiliarError("a query without one text and one message")
    found, selected = _conjunctions(text.value, _prefixes(graph, constraint))
    if "path" in selected or "message" in selected or "this" not in selected:
        raise UnfamiliarError("a query that selects something special")
    key = {"this", "value"} & {*selected, "this"} | set(_PLACE.findall(message.value))
    if not key <= {*selected}:
        raise UnfamiliarError("a message with something that is not selected")
    given: tuple[tuple[str, Node], ...] = ()
    this = Var("this")
    chooses: tuple[Atom, ...] = ()
    match target.kind, target.node:
        case "targetNode", node:
            given = (("this", node),)
        case "targetClass", cls:
            chooses = (Atom(this, CLASSES, cls, -1),)
        case "targetSubjectsOf", NamedNode() as predicate:
            chooses = (Atom(this, Link(predicate), Var("/other"), -1),)
        case _, NamedNode() as predicate:
            chooses = (Atom(Var("/other"), Link(predicate), this, -1),)
        case _:
            raise UnfamiliarError("a target without a name")
    # The target is a pattern like those that a row needs.
    branches = tuple(
        Branch(
            chooses + branch.atoms,
            branch.conditions,
            branch.own if extends(branch, found.branches) else branch.own | {-1},
        )
        for branch in found.branches
    )
    branches = tuple(_placed(branch, dict(given)) for branch in branches)
    for branch in branches:
        if not key <= branch.variables | dict(given).keys():
            raise UnfamiliarError("a result that does not come from patterns alone")
    return Query(
        f"<{shape.value}>",
        severity_of("Violation" if severity is None else str(severity)),
        message.value,
        branches,
        given,
        tuple(sorted(key)),
        found.wanted | key,
    )


@lru_cache(maxsize=256)
def _conjunctions(text: str, prefixes: tuple[tuple[str, str], ...]) -> tuple[Conjunctions, tuple[str, ...]]:
    return conjunctions(text, dict(prefixes))


def _placed(branch: Branch, given: Binding) -> Branch:
    """The branch with what is known put in place of variables, so that properties stand where they are looked for."""

    def via(atom: Atom) -> Atom:
        known = given.get(atom.via.name) if isinstance(atom.via, Var) else None
        return Atom(atom.subject, Link(known), atom.object, atom.leaf) if isinstance(known, NamedNode) else atom

    return Branch(tuple(via(atom) for atom in branch.atoms), branch.conditions, branch.own)


def _prefixes(graph: ShapesGraph, constraint: Node) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for source in graph.values(constraint, "prefixes"):
        for declared in graph.values(source, "declare"):
            prefix, namespace = graph.one(declared, "prefix"), graph.one(declared, "namespace")
            if not isinstance(prefix, Literal) or not isinstance(namespace, Literal | NamedNode):
                raise UnfamiliarError("a prefix without a name")
            found[prefix.value] = namespace.value
    return tuple(sorted(found.items()))


class Rows:
    """The queries of a plan by the properties that their patterns use."""

    def __init__(self, found: Iterator[Query]) -> None:
        self.queries = tuple(found)
        self.uses: dict[NamedNode | None, list[tuple[Query, Branch, int]]] = defaultdict(list)
        self.bases: dict[Branch, Branch | None] = {}
        for query in self.queries:
            for branch in query.branches:
                self.bases[branch] = extends(branch, query.branches)
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
        keys: dict[Query, set[tuple[Node, ...]]] = {query: set() for query in self.queries}
        results = Results()
        fresh = {triple.subject for triple in change if triple.predicate == TYPE}
        begun: set[tuple[Branch, str, Node]] = set()
        for triple in change:
            for query, branch, place in (*self.uses.get(triple.predicate, ()), *self.uses.get(None, ())):
                if query.shape in results.unclear:
                    continue
                ways = seeded(branch, place, triple)
                start = _fresh_start(branch.atoms[place], triple, fresh)
                if start is not None:
                    name, node = start
                    # What extends a row comes with the row.
                    while (base := self.bases[branch]) is not None and name in base.variables:
                        branch = base  # noqa: PLW2901
                    if (branch, name, node) in begun:
                        continue
                    begun.add((branch, name, node))
                    ways = iter([(branch.atoms, {name: node})])
                try:
                    _seek(query, branch, ways, either, keys[query])
                except UnfamiliarError as reason:
                    results.unclear[query.shape] = str(reason)
        for query, found in keys.items():
            for key in found:
                if query.shape not in results.unclear:
                    binding = dict(zip(query.key, key, strict=True))
                    try:
                        results.findings.add(query.finding(binding))
                        self._tape(query, binding, after, tape)
                    except UnfamiliarError as reason:
                        results.unclear[query.shape] = str(reason)
        return results

    def _tape(self, query: Query, binding: Binding, after: View, tape: set[Triple]) -> None:
        futile: set[Branch | None] = set()
        for branch in query.branches:
            if self.bases[branch] in futile:
                futile.add(branch)
                continue
            search, none = Search(after, query.wanted & branch.variables), True
            for solution in search.solutions(branch.atoms, branch.conditions, binding):
                none = False
                for atom in branch.atoms:
                    used(after, atom, solution, tape)
            if none:
                futile.add(branch)


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


def _seek(
    query: Query,
    branch: Branch,
    ways: Iterable[tuple[tuple[Atom, ...], Binding]],
    either: View,
    keys: set[tuple[Node, ...]],
) -> None:
    """Add the results of a branch that begin in one of these ways."""

    def key(binding: Binding) -> tuple[Node, ...]:
        return tuple(binding[name] for name in query.key)

    search = Search(either, frozenset(query.key), lambda found: key(found) in keys)
    for atoms, binding in ways:
        start = _given(query, binding)
        if start is not None:
            for solution in search.solutions(atoms, branch.conditions, start):
                keys.add(key(solution))


def _given(query: Query, binding: Binding) -> Binding | None:
    for name, node in query.given:
        if binding.setdefault(name, node) != node:
            return None
    return binding


def _plain(node: Node) -> str:
    if isinstance(node, BlankNode | Triple):
        raise UnfamiliarError("a result with a term that has no name")
    if "{" in node.value:
        # An engine that puts one variable after another into the message might read this as the next one.
        raise UnfamiliarError("a result with a brace")
    return node.value
