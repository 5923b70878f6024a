"""How far the ranks depend on one document or one event: everything is computed again without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.network import build
from coopgraph.network.measures import for_mode
from coopgraph.network.network import Mode
from coopgraph.network.ranking import ranks, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from coopgraph.network.incidence import Incidence
    from coopgraph.network.measures import Measure
    from coopgraph.network.projection import Projection

# About a minute of work on one processor; above it the report says that it has left the document ranges out.
BUDGET: Final = 30_000_000


@dataclass(frozen=True, slots=True)
class Scores:
    """Published values and ranks of one measure by node; ranks count within the node's kind."""

    values: Mapping[str, float]
    ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RankRange:
    """Best and worst rank over all runs, and in how many runs the node was missing altogether."""

    best: int
    worst: int
    missing: int


def scores(incidence: Incidence, projection: Projection) -> dict[str, Scores]:
    """Values and ranks for every measure of the projection's mode; a two-mode measure reads the two-mode network."""
    networks: dict[Mode, nx.Graph] = {Mode.TWO_MODE: build.two_mode(incidence)}
    if projection.mode is Mode.ONE_MODE:
        networks[Mode.ONE_MODE] = build.one_mode(incidence, projection.rule)
    kinds = ("actor", "event") if projection.mode is Mode.TWO_MODE else ("actor",)
    return {item.name: _scores(item, networks[item.mode], kinds) for item in for_mode(projection.mode)}


def cost(incidence: Incidence, projection: Projection) -> int:
    """Roughly how many steps the ranges over all documents take."""
    network = build.graph(incidence, projection)
    return int(len(incidence.documents) * len(network) * max(1, network.number_of_edges()))


def document_ranges(
    incidence: Incidence, projection: Projection, full: Mapping[str, Scores]
) -> dict[str, dict[str, RankRange]]:
    """For each measure and node the range of its ranks, with all documents and with each of them left out in turn."""
    runs = [scores(incidence.without_document(document), projection) for document in sorted(incidence.documents)]
    return {
        name: {node: _range(node, rank, (run[name].ranks for run in runs)) for node, rank in score.ranks.items()}
        for name, score in full.items()
    }


def largest_event(incidence: Incidence) -> str | None:
    """The event with the most actors, the first by IRI if several have as many; None without events."""
    sizes = {event: len(items) for event, items in incidence.by_event().items()}
    return min(sizes, key=lambda event: (-sizes[event], event)) if sizes else None


def _scores(measure: Measure, network: nx.Graph, kinds: Iterable[str]) -> Scores:
    values = rounded(measure.function(network))
    places: dict[str, int] = {}
    kept: dict[str, float] = {}
    for kind in kinds:
        own = {node: values[node] for node, value in network.nodes(data="kind") if value == kind}
        kept |= own
        places |= ranks(own)
    return Scores(kept, places)


def _range(node: str, rank: int, runs: Iterable[Mapping[str, int]]) -> RankRange:
    places = [run.get(node) for run in runs]
    present = [rank, *(place for place in places if place is not None)]
    return RankRange(min(present), max(present), sum(place is None for place in places))
