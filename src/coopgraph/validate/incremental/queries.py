"""Constraints in SPARQL as conjunctions of patterns: one for what a row needs, one for each thing that it may lack."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib import paths
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from coopgraph.validate.incremental.conditions import Test, test
from coopgraph.validate.incremental.shapes import UnfamiliarError
from coopgraph.validate.incremental.steps import Choice, Link, Path, Repeat, joined, reverse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    from coopgraph.validate.incremental.view import Node


@dataclass(frozen=True, slots=True)
class Var:
    """A variable."""

    name: str


if TYPE_CHECKING:
    Term: TypeAlias = Node | Var


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A pattern: two ends, and a path or a variable for the property between them."""

    subject: Term
    via: Path | Var
    object: Term
    leaf: int = 0
    """The group of the query in which it stands."""
    variables: frozenset[str] = field(init=False)
    """The names of its variables."""

    def __post_init__(self) -> None:
        names = frozenset(part.name for part in (self.subject, self.via, self.object) if isinstance(part, Var))
        object.__setattr__(self, "variables", names)


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A test that must not fail, and the variables it is about."""

    test: Test
    names: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """Patterns that must all match, conditions on them, and of the patterns those that stand in this part alone."""

    atoms: tuple[Atom, ...] = ()
    conditions: tuple[Condition, ...] = ()
    own: frozenset[int] = frozenset()
    """Leaves whose patterns are not also in the branch that this one extends."""

    @property
    def variables(self) -> frozenset[str]:
        """The names of the variables of its patterns."""
        return frozenset(name for atom in self.atoms for name in atom.variables)

    def __add__(self, other: Branch) -> Branch:
        return Branch(self.atoms + other.atoms, self.conditions + other.conditions, self.own | other.own)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query: what its rows need, in each of several ways, and what may extend or forbid a row."""

    required: tuple[Branch, ...] = (Branch(),)
    extras: tuple[Branch, ...] = ()


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
_FUTILE: Final = frozenset({"TrueFilter"})


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
    branches = tuple(_settled(branch) for branch in (*part.required, *part.extras))
    return Conjunctions(branches, frozenset(wanted)), tuple(str(name) for name in algebra.PV)


def _settled(branch: Branch) -> Branch:
    """The branch with those of its conditions that only speak of variables its patterns bind."""
    bound = branch.variables
    return replace(branch, conditions=tuple(one for one in branch.conditions if one.names <= bound))


def _variables(expression: object) -> set[str]:
    """The names of the variables of an expression."""
    if isinstance(expression, rdflib.Variable):
        return {str(expression)}
    if isinstance(expression, CompValue):
        return {name for value in expression.values() if value is not None for name in _inner(value)}
    return _inner(expression)


def _inner(value: object) -> set[str]:
    if isinstance(value, rdflib.Variable | CompValue):
        return _variables(value)
    if isinstance(value, list | tuple):
        return {name for one in value for name in _variables(one)}
    return set()


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
                return _both(self.part(node.p1), self.part(node.p2))
            case "LeftJoin":
                first, second = self.part(node.p1), self._filtered(self.part(node.p2), node.expr)
                return _extended(first, second)
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
        for condition in _conjuncts(expression):
            for exists in _existences(condition):
                part = _extended(part, self.part(exists.graph))
            self._express(condition)
            extra = Branch(
                conditions=()
                if any(_existences(condition))
                else (Condition(test(condition), frozenset(_variables(condition))),)
            )
            part = Part(tuple(branch + extra for branch in part.required), part.extras)
        return part

    def _express(self, expression: object) -> None:
        self.use.expressed |= _needed(expression)

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
            tuple(_renamed(branch, names, outer=not self._depth) for branch in part.required),
            tuple(_renamed(branch, names, outer=not self._depth) for branch in part.extras),
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


def _both(first: Part, second: Part) -> Part:
    required = tuple(one + other for one in first.required for other in second.required)
    extras = [_beside(extra, other) for extra in first.extras for other in second.required]
    extras += [_beside(extra, one) for extra in second.extras for one in first.required]
    return Part(required, tuple(extras))


def _extended(first: Part, second: Part) -> Part:
    """Rows of the first part, with what the second may add or forbid."""
    extras = [_beside(branch, one) for branch in (*second.required, *second.extras) for one in first.required]
    return Part(first.required, (*first.extras, *extras))


def _beside(extra: Branch, required: Branch) -> Branch:
    return Branch(required.atoms + extra.atoms, required.conditions + extra.conditions, extra.own)


def _renamed(branch: Branch, names: Mapping[str, str], *, outer: bool) -> Branch:
    def of(term: Any) -> Any:
        return Var(names.get(term.name, term.name)) if isinstance(term, Var) else term

    atoms = tuple(Atom(of(atom.subject), of(atom.via), of(atom.object), atom.leaf) for atom in branch.atoms)
    # Conditions keep their names, so one that speaks of a renamed variable is no longer checked early.
    kept = tuple(one for one in branch.conditions if outer or all(names.get(name) == name for name in one.names))
    return Branch(atoms, kept, branch.own)


def _conjuncts(expression: CompValue) -> Iterator[CompValue]:
    if expression.name == "ConditionalAndExpression":
        for part in (expression.expr, *expression.other):
            yield from _conjuncts(part)
    elif expression.name not in _FUTILE:
        yield expression


def _existences(expression: object) -> Iterator[CompValue]:
    if isinstance(expression, CompValue):
        if expression.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            yield expression
            return
        for value in expression.values():
            yield from _existences(value)
    elif isinstance(expression, list | tuple):
        for one in expression:
            yield from _existences(one)


def _needed(expression: object) -> set[str]:
    """The variables whose value counts in an expression, and not only whether they have one."""
    if isinstance(expression, CompValue):
        if expression.name in {"Builtin_BOUND", "Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            return set()
        return {name for value in expression.values() if value is not None for name in _needed(value)}
    if isinstance(expression, rdflib.Variable):
        return {str(expression)}
    if isinstance(expression, list | tuple):
        return {name for one in expression for name in _needed(one)}
    return set()


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
