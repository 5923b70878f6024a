"""Conjunctions of patterns, and how those of the parts of a query are put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    from coopgraph.validate.incremental.conditions import Test
    from coopgraph.validate.incremental.steps import Path
    from coopgraph.validate.incremental.view import Node

    Term: TypeAlias = "Node | Var"


@dataclass(frozen=True, slots=True)
class Var:
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A pattern: two ends, and a path or a variable for the property between them."""

    subject: Term
    via: Path | Var
    object: Term
    leaf: int = 0
    """The group of the query in which it stands."""
    names: tuple[str | None, str | None, str | None] = field(init=False)
    """For each of the three its name, if it is a variable."""
    variables: frozenset[str] = field(init=False)
    """The names of its variables."""

    def __post_init__(self) -> None:
        parts = (self.subject, self.via, self.object)
        names = tuple(part.name if isinstance(part, Var) else None for part in parts)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "variables", frozenset(name for name in names if name is not None))


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

    variables: frozenset[str] = field(init=False)
    """The names of the variables of its patterns."""

    def __post_init__(self) -> None:
        names = frozenset(name for atom in self.atoms for name in atom.variables)
        object.__setattr__(self, "variables", names)

    @property
    def leaves(self) -> frozenset[int]:
        """The groups of the query whose patterns it holds."""
        return frozenset(atom.leaf for atom in self.atoms)

    def __add__(self, other: Branch) -> Branch:
        return Branch(self.atoms + other.atoms, self.conditions + other.conditions, self.own | other.own)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query: what its rows need, in each of several ways, and what may extend or forbid a row."""

    required: tuple[Branch, ...] = (Branch(),)
    extras: tuple[Branch, ...] = ()


def both(first: Part, second: Part) -> Part:
    """Rows of the two parts that agree."""
    required = tuple(one + other for one in first.required for other in second.required)
    extras = [_beside(extra, other) for extra in first.extras for other in second.required]
    extras += [_beside(extra, one) for extra in second.extras for one in first.required]
    return Part(required, tuple(extras))


def extended(first: Part, second: Part) -> Part:
    """Rows of the first part, with what the second may add or forbid."""
    extras = [_beside(branch, one) for branch in (*second.required, *second.extras) for one in first.required]
    return Part(first.required, (*first.extras, *extras))


def _beside(extra: Branch, required: Branch) -> Branch:
    return Branch(required.atoms + extra.atoms, required.conditions + extra.conditions, extra.own)


def renamed(branch: Branch, names: Mapping[str, str], *, outer: bool) -> Branch:
    """The branch with other names for variables; `outer` keeps all conditions."""

    def of(term: Any) -> Any:
        return Var(names.get(term.name, term.name)) if isinstance(term, Var) else term

    atoms = tuple(Atom(of(atom.subject), of(atom.via), of(atom.object), atom.leaf) for atom in branch.atoms)
    # Conditions keep their names, so one that speaks of a renamed variable is no longer checked early.
    kept = tuple(one for one in branch.conditions if outer or all(names.get(name) == name for name in one.names))
    return Branch(atoms, kept, branch.own)


def settled(branches: Iterable[Branch]) -> tuple[Branch, ...]:
    """The branches with those conditions that only speak of variables their patterns bind.

    What is asked of the branch that another one extends is asked of that one too: without it, there is no row.
    """
    found: list[Branch] = []
    for branch in branches:
        base = extends(branch, found)
        conditions = dict.fromkeys([*(() if base is None else base.conditions), *branch.conditions])
        kept = tuple(one for one in conditions if one.names <= branch.variables)
        found.append(Branch(branch.atoms, kept, branch.own))
    return tuple(found)


def extends(branch: Branch, others: Iterable[Branch]) -> Branch | None:
    """The one of the others that holds all patterns of a branch but its own."""
    base = branch.leaves - branch.own
    return next((other for other in others if other.leaves == base), None) if base else None
