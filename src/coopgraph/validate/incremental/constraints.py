"""Constraints in SPARQL: what a query selects, where its rows begin, and how a row is told as a finding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from coopgraph.model.finding import Finding
from coopgraph.validate.incremental.patterns import Atom, Branch, Var, extends
from coopgraph.validate.incremental.plan import CLASSES, TYPE
from coopgraph.validate.incremental.queries import Conjunctions, conjunctions
from coopgraph.validate.incremental.shapes import ShapesGraph, UnfamiliarError, sh
from coopgraph.validate.incremental.steps import Link
from coopgraph.validate.runner import SH, code_of, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgraph.model.finding import Severity
    from coopgraph.validate.incremental.join import Binding
    from coopgraph.validate.incremental.plan import Rule, Target
    from coopgraph.validate.incremental.view import Node

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


def _plain(node: Node) -> str:
    if isinstance(node, BlankNode | Triple):
        raise UnfamiliarError("a result with a term that has no name")
    if "{" in node.value:
        # An engine that puts one variable after another into the message might read this as the next one.
        raise UnfamiliarError("a result with a brace")
    return node.value
