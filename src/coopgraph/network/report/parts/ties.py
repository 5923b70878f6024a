"""The ties among the listed nodes, with what each rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.days import iso
from coopgraph.network.evidence import evidence
from coopgraph.network.report.part import part
from coopgraph.network.report.quantities import Count, Day, Iri, published

if TYPE_CHECKING:
    from coopgraph.network.arrays import Indices
    from coopgraph.network.network import Network
    from coopgraph.network.report.ground import Ground

MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie; `targets`, `documents` and `publishers` count what it rests on, `first` and `last` bound its days."""

    source: Iri
    target: Iri
    source_label: str
    target_label: str
    strength: float
    distance: float
    targets: Count
    documents: Count
    publishers: Count
    first: Day | None
    last: Day | None


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties among the listed nodes, in order of their ends; of more than `MOST` (`among`) the strongest."""

    of: Count
    among: Count
    ties: tuple[Tie, ...]


def ties(ground: Ground) -> Ties:
    """The ties whose ends are both listed."""
    network = listed(ground)
    strongest = np.argsort(-network.strengths.values, kind="stable")[:MOST]
    return Ties(ground.network.m, network.m, stated(ground, network, np.sort(strongest).astype(np.int32)))


def stated(ground: Ground, network: Network, chosen: Indices) -> tuple[Tie, ...]:
    """These ties of the network, or of a part of it."""
    found = evidence(ground.affiliations, network)
    return tuple(
        Tie(
            source=network.nodes.iri[int(network.source[tie])],
            target=network.nodes.iri[int(network.target[tie])],
            source_label=network.nodes.label[int(network.source[tie])],
            target_label=network.nodes.label[int(network.target[tie])],
            strength=published(network.strengths.values[tie]),
            distance=published(network.distances.values[tie]),
            targets=int(found.targets[tie]),
            documents=int(found.documents[tie]),
            publishers=int(found.publishers[tie]),
            first=iso(found.first[tie]) or None,
            last=iso(found.last[tie]) or None,
        )
        for tie in chosen.tolist()
    )


def listed(ground: Ground) -> Network:
    """The part of the network that the listed nodes are, in their order, one kind after another."""
    nodes = np.concatenate([ground.listed(group) for group in range(len(ground.kinds))])
    return part(ground.network, np.searchsorted(ground.network.origin, nodes).astype(np.int32))
