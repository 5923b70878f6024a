"""What was asked: the question, the network that answers it, and what of the release it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph import terms
from coopgraph.network.report.quantities import Count, Day, Name

if TYPE_CHECKING:
    from coopgraph.network.arrays import Days
    from coopgraph.network.selection import Selected as Found
    from coopgraph.network.selection import Selection


@dataclass(frozen=True, slots=True)
class About:
    """The network in words and as a query; `rule` says how shared targets add up to the strength of a tie."""

    projection: Name
    label: Name
    question: str
    mode: Name
    source_kind: Name
    target_kind: Name
    node: str
    tie: str
    weight: str
    direction: str
    boundary: str
    prospective: bool
    rule: Name
    rule_formula: str
    rule_reason: str
    query: str

    def other(self, kind: str) -> str:
        """The word for what nodes of this kind are joined to."""
        return self.source_kind if kind == self.target_kind else self.target_kind


@dataclass(frozen=True, slots=True)
class Taken:
    """What of the release was taken.

    `since` and `until` bound the period, both included, None where it is open. Of all statements that the projection
    finds in the release, `certain` lie in the period for sure, `possible` may lie in it, since the sources date them
    less precisely, `outside` lie outside and `undated` have no date at all. Without a period all are taken, with one
    those that lie in it for sure. `first` and `last` are the earliest and the latest day of what was taken. `roll_up`
    is the level at which actors are nodes.
    """

    since: Day | None
    until: Day | None
    period: str
    certain: Count
    possible: Count
    outside: Count
    undated: Count
    statements: Count
    first: Day | None
    last: Day | None
    roll_up: Name


def about(selection: Selection, base: str) -> About:
    """The projection in the words of its declaration, with the rule of the selection."""
    projection = selection.projection
    return About(
        projection=projection.name,
        label=projection.label,
        question=projection.question,
        mode=projection.mode.value,
        source_kind=projection.source_kind,
        target_kind=projection.target_kind,
        node=projection.node,
        tie=projection.tie,
        weight=projection.weight,
        direction=projection.direction,
        boundary=projection.boundary,
        prospective=projection.prospective,
        rule=selection.rule.name,
        rule_formula=selection.rule.formula,
        rule_reason=selection.rule.reason,
        query=terms.rebase(projection.query, base),
    )


def taken(selection: Selection, found: Found) -> Taken:
    """What the selection took of the release."""
    rows, timing = found.affiliations, found.timing
    return Taken(
        since=None if selection.since is None else selection.since.isoformat(),
        until=None if selection.until is None else selection.until.isoformat(),
        period=selection.projection.period,
        certain=timing.certain,
        possible=timing.possible,
        outside=timing.outside,
        undated=timing.undated,
        statements=len(rows),
        first=_day(rows.first, np.minimum),
        last=_day(rows.last, np.maximum),
        roll_up=selection.roll_up.value,
    )


def _day(days: Days, end: np.ufunc) -> str | None:
    known = days[~np.isnat(days)]
    return str(end.reduce(known)) if len(known) else None
