"""The centrality report as a value; every rendering shows this and computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coopgraph.network.report.parts.about import About, Taken
from coopgraph.network.report.parts.cautions import Caution
from coopgraph.network.report.parts.chosen import Chosen
from coopgraph.network.report.parts.communities import Communities
from coopgraph.network.report.parts.measured import Measured
from coopgraph.network.report.parts.missing import Cited, Missing
from coopgraph.network.report.parts.results import Kind, Row
from coopgraph.network.report.parts.robustness import Robustness
from coopgraph.network.report.parts.size import Degrees, Size
from coopgraph.network.report.parts.source import Software, Source
from coopgraph.network.report.parts.ties import Ties
from coopgraph.network.report.parts.whole import Whole
from coopgraph.network.report.quantities import Name

NAME: Final = "coopgraph-centrality-report"
VERSION: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CentralityReport:
    """Who is central in a network of a release, by several measures, and how far that holds.

    `headline` names the measure that orders the rows, `ranking` says how ranks are given. `summary` and `limits` are
    sentences made from the numbers.
    """

    title: Name
    source: Source
    about: About
    taken: Taken
    parameters: Chosen
    summary: tuple[str, ...]
    cautions: tuple[Caution, ...]
    size: Size
    degrees: tuple[Degrees, ...]
    whole: tuple[Whole, ...]
    measures: tuple[Measured, ...]
    headline: Name
    ranking: str
    kinds: tuple[Kind, ...]
    rows: tuple[Row, ...]
    ties: Ties
    communities: Communities
    robustness: Robustness
    missing: Missing
    documents: tuple[Cited, ...]
    limits: tuple[str, ...]
    software: tuple[Software, ...]

    def label(self, measure: str) -> str:
        """The label of a measure of this report."""
        return next(one.label for one in self.measures if one.name == measure)

    def other(self, kind: str) -> str:
        """The word for what nodes of this kind are joined to."""
        return self.about.source_kind if kind == self.about.target_kind else self.about.target_kind
