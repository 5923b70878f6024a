"""What an opened rank is made of: values only, for renderings to show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Cited
    from coopgraph.network.nodes import Node


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its IRIs; its assertions hold the passages."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: `role` and `via` are IRIs, `first` and `last` days as YYYY-MM-DD; empty where there is none."""

    role: str
    via: str
    document: Cited | None
    first: str
    last: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What joins the actor to another: a shared target, or nothing between them (None).

    `own` are the statements that join the actor to it, `others` those that join the other one; where nothing is
    between, `own` holds all. `adds` is what it adds to the strength of the tie.
    """

    target: Node | None
    adds: float
    own: tuple[Statement, ...]
    others: tuple[Statement, ...]


class Way(StrEnum):
    """Where a tie leads, seen from the actor."""

    BOTH = "both"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie of the actor. `rank` is that of the other end, 0 if it has none.

    `share` is the part of the actor's value that this tie makes, None where the measure is no sum over ties.
    `occasions` are in order of what they add, then by IRI.
    """

    other: Node
    way: Way
    rank: int
    strength: float
    share: float | None
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """Someone next to the actor in the ranking; `gap` is how much more (or, if negative, less) value it has."""

    node: Node
    value: float
    rank: int
    gap: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two others, and the share of the shortest paths between them (or from first to second) through the actor."""

    first: Node
    second: Node
    share: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs that the actor lies between, largest share first, out of `count`."""

    listed: tuple[Pair, ...]
    count: int


class Missing(StrEnum):
    """What is thought away."""

    EVENT = "event"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Without:
    """The actor's rank if one event or one document were not known; None if the actor would be gone."""

    missing: Missing
    iri: str
    label: str
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything behind one rank.

    The actor has `value`, which is `rank` among `of`; `equals` others have the same rank. `above` and `below` are
    those next in rank, nearest first. `ties` are the largest by share, else by strength, out of `ties_in_all`; `rest`
    is the part of the value that no tie makes (None where the measure is no sum over ties). `pairs` is None unless
    the measure counts paths and the network is small enough to list them. `without` are the events and documents of
    the actor with most ties or statements, out of `without_in_all`.
    """

    actor: Node
    measure: str
    value: float
    rank: int
    of: int
    equals: int
    above: tuple[Rival, ...]
    below: tuple[Rival, ...]
    ties: tuple[Tie, ...]
    ties_in_all: int
    rest: float | None
    pairs: Pairs | None
    without: tuple[Without, ...]
    without_in_all: int
