"""Constraints in SPARQL as conjunctions of patterns: one for what a row needs, one for each thing that it may lack."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final

import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib import paths
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from coopgraph.validate.incremental.conditions import conjuncts, existences, needed, test, variables
from coopgraph.validate.incremental.patterns import Atom, Branch, Condition, Part, Var, both, extended, renamed, settled
from coopgraph.validate.incremental.shapes import UnfamiliarError
from coopgraph.validate.incremental.steps import Choice, Link, Path, Repeat, joined, reverse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.validate.incremental.patterns import Term


@dataclass(slots=True)
class _Use:
    """Where variables occur."""

    leaves: dict[str, set[int]] = field(default_factory=dict)
    expressed: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Conjunctions:
    """A query as branches; `wanted` names the variables of which every value counts, not only that there is one."""

    branches: tuple[Branch, ...]
    wanted: frozenset[str]


_OPERATORS: Final = {"*": (0, True), "+": (1, True), "?": (0, False)}


def conjunctions(text: str, prefixes: Mapping[str, str]) -> tuple[Conjunctions, tuple[str, ...]]:
    """The branches of a SELECT query, and the names of what it selects.

    Raises:
        UnfamiliarError: if something in it is not understood.
    """
    head = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes.items())
    try:
        algebra = translateQuery(parseQuery(head + text)).algebra
    except Exception as error:
        raise UnfamiliarError(f"a query that cannot be read: {error}") from error
    if algebra.name != "SelectQuery" or algebra.get("datasetClause"):
        raise UnfamiliarError("a query of another kind")
    reading = _Reading()
    part = reading.part(algebra.p)
    use = reading.use
    wanted = {name for name, leaves in use.leaves.items() if len(leaves) > 1} | use.expressed
    branches = settled((*part.required, *part.extras))
    return Conjunctions(branches, frozenset(wanted)), tuple(str(name) for name in algebra.PV)


class _Reading:
    """A descent through the algebra of one query."""

    def __init__(self) -> None:
        self.use = _Use()
        self._numbers = count()
        self._depth = 0

    def part(self, node: CompValue) -> Part:
        """The part that a node of the algebra stands for."""
        match node.name:
            case "BGP":
                return self._patterns(node)
            case "Join":
                return both(self.part(node.p1), self.part(node.p2))
            case "LeftJoin":
                first, second = self.part(node.p1), self._filtered(self.part(node.p2), node.expr)
                return extended(first, second)
            case "Union":
                first, second = self.part(node.p1), self.part(node.p2)
                return Part(first.required + second.required, first.extras + second.extras)
            case "Filter":
                return self._filtered(self.part(node.p), node.expr)
            case "Extend":
                found = self.part(node.p)
                self._express(node.expr)
                self.use.expressed.add(str(node["var"]))
                return found
            case "Distinct" | "Reduced":
                return self.part(node.p)
            case "Project":
                return self._projected(node)
            case "ToMultiSet":
                if "p" not in node:
                    raise UnfamiliarError("values within a query")
                return self.part(node.p)
            case "AggregateJoin":
                return self._aggregated(node)
            case _:
                raise UnfamiliarError(f"{node.name} in a query")

    def _patterns(self, node: CompValue) -> Part:
        leaf = next(self._numbers)
        atoms: list[Atom] = []
        for subject, predicate, object_ in node.triples:
            free = isinstance(predicate, rdflib.Variable | rdflib.BNode)
            via: Path | Var = _variable(predicate) if free else _path(predicate)
            atoms.append(Atom(_term(subject), via, _term(object_), leaf))
        for atom in atoms:
            for name in atom.variables:
                self.use.leaves.setdefault(name, set()).add(leaf)
        return Part((Branch(tuple(atoms), (), frozenset({leaf})),))

    def _filtered(self, part: Part, expression: CompValue) -> Part:
        for condition in conjuncts(expression):
            for exists in existences(condition):
                part = extended(part, self.part(exists.graph))
            self._express(condition)
            extra = Branch(
                conditions=()
                if any(existences(condition))
                else (Condition(test(condition), frozenset(variables(condition))),)
            )
            part = Part(tuple(branch + extra for branch in part.required), part.extras)
        return part

    def _express(self, expression: object) -> None:
        self.use.expressed |= needed(expression)

    def _projected(self, node: CompValue) -> Part:
        self._depth += 1
        outside = self.use
        self.use = _Use()
        part = self.part(node.p)
        inside, self.use = self.use, outside
        self._depth -= 1
        shown = {str(name) for name in node.PV}
        # What a query within a query does not show is its own.
        number = next(self._numbers)
        names = {name: name if name in shown or not self._depth else f"{name}/{number}" for name in inside.leaves}
        if self._depth and "this" in inside.leaves and "this" not in shown:
            raise UnfamiliarError("a query within a query that does not select $this")
        for name, leaves in inside.leaves.items():
            self.use.leaves.setdefault(names[name], set()).update(leaves)
        self.use.expressed |= {names.get(name, name) for name in inside.expressed}
        return Part(
            tuple(renamed(branch, names, outer=not self._depth) for branch in part.required),
            tuple(renamed(branch, names, outer=not self._depth) for branch in part.extras),
        )

    def _aggregated(self, node: CompValue) -> Part:
        group = node.p
        if group.name != "Group" or not group.get("expr"):
            raise UnfamiliarError("a count over everything")
        if not all(isinstance(key, rdflib.Variable) for key in group.expr):
            raise UnfamiliarError("groups by an expression")
        part = self.part(group.p)
        # Every row of a group may count.
        self.use.expressed |= self.use.leaves.keys()
        return part


def _term(term: object) -> Term:
    if isinstance(term, rdflib.Variable | rdflib.BNode):
        return _variable(term)
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return Literal(str(term), language=term.language)
        if term.datatype is not None:
            # Engines may compare it by value.
            raise UnfamiliarError("a pattern with a typed literal")
        return Literal(str(term))
    raise UnfamiliarError("a term of another kind in a query")


def _variable(term: rdflib.Variable | rdflib.BNode) -> Var:
    return Var(str(term)) if isinstance(term, rdflib.Variable) else Var(f"_:{term}")


def _path(path: object) -> Path:
    match path:
        case rdflib.URIRef():
            return Link(NamedNode(str(path)))
        case paths.InvPath():
            return reverse(_path(path.arg))
        case paths.SequencePath():
            return joined(*(_path(step) for step in path.args))
        case paths.AlternativePath():
            return Choice(tuple(_path(option) for option in path.args))
        case paths.MulPath() if path.mod in _OPERATORS:
            least, many = _OPERATORS[path.mod]
            return Repeat(_path(path.path), least, many)
        case _:
            raise UnfamiliarError("a path of another kind in a query")
