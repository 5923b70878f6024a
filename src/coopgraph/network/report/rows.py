"""One row for each node of the network: its values, its ranks and how far they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network.report import model

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from coopgraph.network.incidence import Incidence
    from coopgraph.network.robustness import RankRange, Scores


@dataclass(frozen=True, slots=True)
class Scored:
    """What was computed by measure: everything, the ranges over the documents, and all without the largest event."""

    full: Mapping[str, Scores]
    ranges: Mapping[str, Mapping[str, RankRange]] | None
    reduced: Mapping[str, Scores] | None


def rows(incidence: Incidence, network: nx.Graph, scored: Scored, *, headline: str) -> tuple[model.Row, ...]:
    """The rows in the order of a report."""
    events: dict[str, set[str]] = {}
    documents: dict[str, set[str]] = {}
    for item in incidence.participations:
        events.setdefault(item.actor, set()).add(item.event)
        events.setdefault(item.event, set()).add(item.event)
        for end in (item.actor, item.event):
            documents.setdefault(end, set()).update(item.documents)
    made = []
    for iri in network:
        node = incidence.nodes[iri]
        made.append(
            model.Row(
                iri=node.iri,
                label=node.label,
                language=node.language,
                kind=node.kind,
                cls=node.cls,
                events=len(events[node.iri]),
                documents=len(documents[node.iri]),
                ties=int(network.degree(node.iri)),
                scores=tuple(_score(name, node.iri, scored) for name in scored.full),
            )
        )
    return tuple(
        sorted(made, key=lambda row: (row.kind, row.score(headline).rank, _all_ranks(row), row.label, row.iri))
    )


def _all_ranks(row: model.Row) -> int:
    return sum(score.rank for score in row.scores)


def _score(measure: str, iri: str, scored: Scored) -> model.Score:
    found = None if scored.ranges is None else scored.ranges[measure][iri]
    return model.Score(
        measure=measure,
        value=scored.full[measure].values[iri],
        rank=scored.full[measure].ranks[iri],
        best=None if found is None else found.best,
        worst=None if found is None else found.worst,
        missing=None if found is None else found.missing,
        without_largest=None if scored.reduced is None else scored.reduced[measure].ranks.get(iri),
    )
