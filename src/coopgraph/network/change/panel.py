"""Ranks over time: the same network in one period after another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from coopgraph.network.change.comparison import compare
from coopgraph.network.change.snapshot import snapshot
from coopgraph.network.period import placed
from coopgraph.network.progress import SILENT, Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.change.comparison import Comparison
    from coopgraph.network.change.periods import Period
    from coopgraph.network.change.snapshot import Snapshot
    from coopgraph.network.nodes import Node
    from coopgraph.network.period import Timing
    from coopgraph.network.scoring import Plan


@dataclass(frozen=True, slots=True)
class Slice:
    """One period: its network, None if no row lies certainly inside, and where the rows lie relative to it."""

    period: Period
    snapshot: Snapshot | None
    timing: Timing


@dataclass(frozen=True, slots=True)
class Course:
    """The ranks of one actor, period by period; None where the actor is absent."""

    node: Node
    ranks: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The periods in order, and each non-empty one compared with the non-empty one before it.

    Only rows that lie certainly inside a period count; `undated` rows are in no period.
    """

    slices: tuple[Slice, ...]
    comparisons: tuple[Comparison, ...]
    undated: int


def over_time(
    affiliations: Affiliations, plan: Plan, periods: Sequence[Period], *, progress: Progress = SILENT
) -> Panel:
    """The networks of these periods with their ranks; time: one scoring for each."""
    progress.begin(len(periods), "going through the periods")
    slices = []
    for period in periods:
        where = placed(affiliations, period.since, period.until)
        rows = affiliations.select(where.certain)
        slices.append(Slice(period, snapshot(period.name, rows, plan) if len(rows) else None, where.counts()))
        progress.advance()
    taken = [each.snapshot for each in slices if each.snapshot is not None]
    undated = placed(affiliations, None, None).counts().undated
    return Panel(tuple(slices), tuple(compare(before, after) for before, after in pairwise(taken)), undated)


def courses(panel: Panel, measure: str) -> tuple[Course, ...]:
    """The ranks of every actor by this measure, in order of the latest rank that each has, then by IRI."""
    ranks: dict[str, list[int | None]] = {}
    nodes: dict[str, Node] = {}
    for index, each in enumerate(panel.slices):
        if each.snapshot is None or measure not in each.snapshot.ranks:
            continue
        column = each.snapshot.ranks[measure]
        for place in each.snapshot.present.tolist():
            node = each.snapshot.nodes[place]
            nodes[node.iri] = node
            ranks.setdefault(node.iri, [None] * len(panel.slices))[index] = int(column[place]) or None
    found = [Course(nodes[iri], tuple(row)) for iri, row in ranks.items() if any(row)]
    return tuple(sorted(found, key=_latest))


def _latest(course: Course) -> tuple[int, int, str]:
    last = max(index for index, rank in enumerate(course.ranks) if rank is not None)
    return -last, course.ranks[last] or 0, course.node.iri
