"""Ranks from period to period, and who comes and goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from coopgraph.network.change.panel import courses, over_time
from coopgraph.network.change.periods import years
from coopgraph.network.report.quantities import Count, Day, Iri, Name, Rank, Share, known

if TYPE_CHECKING:
    from coopgraph.network.change.comparison import Comparison
    from coopgraph.network.change.panel import Course as Found
    from coopgraph.network.change.panel import Panel
    from coopgraph.network.progress import Progress
    from coopgraph.network.report.ground import Ground

MOST_PERIODS: Final = 30
MOST_COURSES: Final = 40


@dataclass(frozen=True, slots=True)
class Period:
    """One period: statements that lie in it for sure, and that may; nodes and ties of the former.

    `against` is the last period before it that has any nodes, empty for the first; `entered` counts the nodes that it
    lacks, `left` those that it has and this one lacks; `kept` is the share of the nodes of either that both have, `tau`
    Kendall's tau-b over these.
    """

    name: Name
    since: Day
    until: Day
    certain: Count
    possible: Count
    nodes: Count
    ties: Count
    against: str
    entered: Count | None
    left: Count | None
    kept: Share | None
    tau: float | None


@dataclass(frozen=True, slots=True)
class Course:
    """The ranks of a node in each period, None where it is absent."""

    iri: Iri
    label: str
    language: str
    type: str
    ranks: tuple[Rank | None, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The network in each year by the measure `measure`; `undated` statements are in no period.

    `courses` are those of the nodes that come first in the results, `of` so many that are in any period.
    """

    measure: Name
    undated: Count
    earlier: Count
    periods: tuple[Period, ...]
    of: Count
    courses: tuple[Course, ...]


def change(ground: Ground, progress: Progress, only: int | None = None) -> Change:
    """The years of the network, at most the last `MOST_PERIODS`; nothing where dates tell fewer than two.

    With `only`, an index into the table of nodes, the course of this node alone is told.
    """
    found = years(ground.affiliations)
    plan = replace(ground.plan, measures=tuple(one for one in ground.plan.measures if one.name == ground.headline))
    panel = over_time(ground.affiliations, plan, found[-MOST_PERIODS:], progress=progress)
    own = "" if only is None else ground.affiliations.nodes.iri[only]
    place = {ground.affiliations.nodes.iri[node]: at for at, node in enumerate(ground.ordered[0].tolist())}
    lines = sorted(courses(panel, ground.headline), key=lambda one: place.get(one.node.iri, len(place)))
    return Change(
        measure=ground.headline,
        undated=panel.undated,
        earlier=max(0, len(found) - MOST_PERIODS),
        periods=_periods(panel, ground.headline),
        of=len(lines),
        courses=tuple(map(_course, [one for one in lines if one.node.iri == own] if own else lines[:MOST_COURSES])),
    )


def _periods(panel: Panel, measure: str) -> tuple[Period, ...]:
    compared = {one.after: one for one in panel.comparisons}
    made = []
    for one in panel.slices:
        against = compared.get(one.period.name)
        there = one.snapshot
        made.append(
            Period(
                name=one.period.name,
                since=one.period.since.isoformat(),
                until=one.period.until.isoformat(),
                certain=one.timing.certain,
                possible=one.timing.possible,
                nodes=0 if there is None else there.network.n,
                ties=0 if there is None else there.network.m,
                against="" if against is None else against.before,
                entered=None if against is None else against.actors.only_second,
                left=None if against is None else against.actors.only_first,
                kept=None if against is None else known(against.actors.jaccard),
                tau=None if against is None else _tau(against, measure),
            )
        )
    return tuple(made)


def _tau(against: Comparison, measure: str) -> float | None:
    found = against.agreement.get(measure)
    return None if found is None else known(found.tau)


def _course(found: Found) -> Course:
    node = found.node
    return Course(node.iri, node.label, node.language, node.cls, found.ranks)
