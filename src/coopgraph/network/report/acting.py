"""The report on one node as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coopgraph.network.report.parts.about import About, Taken
from coopgraph.network.report.parts.account import Account
from coopgraph.network.report.parts.brokers import Broker, Pattern
from coopgraph.network.report.parts.change import Change
from coopgraph.network.report.parts.chosen import Chosen
from coopgraph.network.report.parts.measured import Labelled, Measured
from coopgraph.network.report.parts.missing import Cited
from coopgraph.network.report.parts.results import Row
from coopgraph.network.report.parts.robustness import Rounds
from coopgraph.network.report.parts.size import Size
from coopgraph.network.report.parts.source import Software, Source
from coopgraph.network.report.parts.ties import Tie
from coopgraph.network.report.quantities import Count, Iri, Name, Rank, Share

ACTOR: Final = "coopgraph-actor-report"


@dataclass(frozen=True, slots=True)
class Joined:
    """A target that the node is joined to, such as an event, with its days and how many others share it."""

    iri: Iri
    label: str
    language: str
    first: str
    last: str
    others: Count
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Belongs:
    """The community of the node: its number and size, and how sure its place in it is."""

    number: Rank
    size: Count
    share: Share
    agreement: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorReport(Labelled):
    """One node of a network: its values and ranks, and everything that made them.

    `row` is its line in the results, `nodes` the number of nodes it is ranked among. `account` opens its rank by the
    measure `headline`. `ties` are its strongest, of `ties_in_all`. `community` and `broker` are None where there is
    nothing to say.
    """

    title: Name
    source: Source
    about: About
    taken: Taken
    parameters: Chosen
    summary: tuple[str, ...]
    size: Size
    row: Row
    nodes: Count
    measures: tuple[Measured, ...]
    headline: Name
    ranking: str
    bootstraps: tuple[Rounds, ...]
    joined: tuple[Joined, ...]
    joined_in_all: Count
    ties: tuple[Tie, ...]
    ties_in_all: Count
    community: Belongs | None
    broker: Broker | None
    patterns: tuple[Pattern, ...]
    change: Change
    account: Account
    documents: tuple[Cited, ...]
    limits: tuple[str, ...]
    software: tuple[Software, ...]
