"""What a projection is: the question, the node, the tie and the rule that turns shared events into strength."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Rule:
    """How much one event adds to the strength of the tie between two of its `n` actors, as an exact fraction."""

    name: str
    formula: str
    reason: str
    share: Callable[[int], Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A network as data.

    `ties` is a SPARQL query for pairs (actor, event) among the facts; `sources` is one for the assertions behind them
    (actor, event, role, document). `headline` names the measure by which a report orders its rows.
    """

    name: str
    label: str
    question: str
    mode: Mode
    node: str
    tie: str
    weight: str
    rule: Rule
    boundary: str
    ties: str
    sources: str
    headline: str


NEWMAN = Rule(
    "newman",
    "strength(a, b) = sum over the events e that a and b share of 1 / (n(e) - 1), n(e) being the number of actors of e",
    "A small meeting says more about two of its participants than a big summit does (Newman 2001, "
    "doi:10.1103/PhysRevE.64.016132).",
    lambda n: Fraction(1, n - 1),
)
COUNT = Rule(
    "count",
    "strength(a, b) = number of events that a and b share",
    "Every shared event counts the same, however many took part.",
    lambda _: Fraction(1),
)
NONE = Rule(
    "none",
    "strength(a, e) = 1 for every actor a that took part in event e",
    "Nothing is projected: actors and events are both nodes.",
    lambda _: Fraction(1),
)
