"""How large the network is, and how it hangs together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.report.quantities import Count
from coopgraph.network.whole.components import pieces

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.network import Network


@dataclass(frozen=True, slots=True)
class Size:
    """The network in figures: what the sources state, and what the network has.

    `statements` are rows of the projection, `pairs` the different pairs of source and target in them. `alone` counts
    the targets that only one source shares. `components` are parts that no tie joins, direction aside; an isolate is a
    node without ties, and a component of its own.
    """

    statements: Count
    pairs: Count
    sources: Count
    targets: Count
    alone: Count
    documents: Count
    publishers: Count
    nodes: Count
    ties: Count
    components: Count
    largest_component: Count
    isolates: Count


@dataclass(frozen=True, slots=True)
class Degrees:
    """How many nodes have how many ties."""

    ties: Count
    nodes: Count


def size(affiliations: Affiliations, network: Network) -> Size:
    """The figures; time O(n + m)."""
    keys = np.unique(affiliations.source.astype(np.int64) * len(affiliations.nodes) + affiliations.target)
    shared = np.bincount(keys % max(1, len(affiliations.nodes)), minlength=1)
    documents = np.unique(affiliations.document[affiliations.document >= 0]).tolist()
    publishers = {affiliations.documents[document].publisher for document in documents} - {""}
    parts = components(network)
    return Size(
        statements=len(affiliations),
        pairs=len(keys),
        sources=len(affiliations.sources()),
        targets=len(affiliations.targets()),
        alone=int(np.count_nonzero(shared == 1)),
        documents=len(documents),
        publishers=len(publishers),
        nodes=network.n,
        ties=network.m,
        components=len(parts),
        largest_component=parts[0] if parts else 0,
        isolates=int(np.count_nonzero(degrees(network) == 0)),
    )


def components(network: Network) -> list[int]:
    """The sizes of the components, largest first."""
    return sorted(np.bincount(pieces(network)[1]).tolist(), reverse=True)


def degrees(network: Network) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The number of ties of each node, in either direction."""
    ends = np.bincount(network.source, minlength=network.n) + np.bincount(network.target, minlength=network.n)
    return np.asarray(ends)


def distribution(network: Network) -> tuple[Degrees, ...]:
    """How many nodes have how many ties, by number of ties."""
    ties, nodes = np.unique(degrees(network), return_counts=True)
    return tuple(Degrees(*pair) for pair in zip(ties.tolist(), nodes.tolist(), strict=True))
