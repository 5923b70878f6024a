"""The comparison of two networks as a value: two periods, two releases or two projections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coopgraph.network.report.parts.about import About, Taken
from coopgraph.network.report.parts.chosen import Chosen
from coopgraph.network.report.parts.measured import Labelled, Measured
from coopgraph.network.report.parts.size import Size
from coopgraph.network.report.parts.source import Software, Source
from coopgraph.network.report.parts.whole import Whole
from coopgraph.network.report.quantities import Count, Iri, Name, Rank, Share

COMPARISON: Final = "coopgraph-comparison-report"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two networks, under the name by which it was asked for."""

    name: Name
    source: Source
    about: About
    taken: Taken
    size: Size
    whole: tuple[Whole, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """How many both have and how many one has alone; `share` is that of both among all, None without any."""

    both: Count
    only_before: Count
    only_after: Count
    share: Share | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A node in both networks: its values and ranks, None where it is absent, and by how many ranks it rose."""

    iri: Iri
    label: str
    language: str
    type: str
    value_before: float | None
    value_after: float | None
    before: Rank | None
    after: Rank | None
    rose: int | None


@dataclass(frozen=True, slots=True)
class ByMeasure:
    """One measure in both: agreement of the rankings over the nodes of both, and the first nodes of `of`."""

    measure: Name
    tau: float | None
    rho: float | None
    nodes: Count
    of: Count
    rows: tuple[Moved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonReport(Labelled):
    """Two networks side by side: who moved, who entered and who left, and how much both have in common.

    Nodes are the same if they have the same IRI. Ranks count within each network, so a fall can mean that others came.
    """

    title: Name
    before: Side
    after: Side
    parameters: Chosen
    summary: tuple[str, ...]
    nodes: Shared
    ties: Shared
    measures: tuple[Measured, ...]
    headline: Name
    ranking: str
    by_measure: tuple[ByMeasure, ...]
    limits: tuple[str, ...]
    software: tuple[Software, ...]

    def moves(self, measure: str) -> ByMeasure:
        """What was found by this measure."""
        return next(one for one in self.by_measure if one.measure == measure)
