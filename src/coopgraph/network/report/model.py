"""The reports on one network as values; every rendering shows these and computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coopgraph.network.report.parts.about import About, Taken
from coopgraph.network.report.parts.account import Account
from coopgraph.network.report.parts.brokers import Brokers
from coopgraph.network.report.parts.cautions import Caution
from coopgraph.network.report.parts.change import Change
from coopgraph.network.report.parts.chosen import Chosen
from coopgraph.network.report.parts.communities import Communities
from coopgraph.network.report.parts.measured import Labelled, Measured
from coopgraph.network.report.parts.missing import Cited, Missing
from coopgraph.network.report.parts.results import Kind, Row
from coopgraph.network.report.parts.robustness import Robustness
from coopgraph.network.report.parts.size import Degrees, Size
from coopgraph.network.report.parts.source import Software, Source
from coopgraph.network.report.parts.ties import Ties
from coopgraph.network.report.parts.whole import Whole
from coopgraph.network.report.quantities import Count, Name

NETWORK: Final = "coopgraph-network-report"
CENTRALITY: Final = "coopgraph-centrality-report"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReport(Labelled):
    """What a network of a release is as a whole.

    `degrees` says how many nodes have how many ties, `components` gives the sizes of the largest components. `headline`
    names the measure that orders the rows, `ranking` says how ranks are given. `summary` and `limits` are sentences
    made from the numbers.
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
    components: tuple[Count, ...]
    whole: tuple[Whole, ...]
    measures: tuple[Measured, ...]
    headline: Name
    ranking: str
    kinds: tuple[Kind, ...]
    rows: tuple[Row, ...]
    ties: Ties
    communities: Communities
    missing: Missing
    documents: tuple[Cited, ...]
    limits: tuple[str, ...]
    software: tuple[Software, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CentralityReport(NetworkReport):
    """Who is central in a network of a release, by several measures, and how far that holds.

    `explained` opens the rank of one node, None unless that was asked for.
    """

    brokers: Brokers
    change: Change
    robustness: Robustness
    explained: Account | None
