"""Parts of a network: some of its nodes, and the ties among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.arrays import Distances, Strengths
from coopgraph.network.explain.shares import incident

if TYPE_CHECKING:
    from coopgraph.network.arrays import Indices
    from coopgraph.network.network import Network


def around(network: Network, node: int) -> Network:
    """A node, its neighbours, and all ties among them; the nodes stay in order."""
    held = incident(network, node)
    ends = np.concatenate([network.source[held], network.target[held], np.array([node], dtype=np.int32)])
    return part(network, np.unique(ends).astype(np.int32))


def part(network: Network, nodes: Indices) -> Network:
    """These nodes of the network, by index and in the order given, and the ties among them, in order of their ends."""
    place = np.full(network.n, -1, dtype=np.int32)
    place[nodes] = np.arange(len(nodes))
    source, target = place[network.source], place[network.target]
    inner = np.flatnonzero((source >= 0) & (target >= 0))
    source, target = source[inner], target[inner]
    if not network.directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    order = np.lexsort((target, source))
    inner = inner[order]
    return replace(
        network,
        nodes=network.nodes.take(nodes),
        origin=network.origin[nodes],
        side=network.side[nodes],
        source=source[order],
        target=target[order],
        strengths=Strengths(network.strengths.values[inner]),
        distances=Distances(network.distances.values[inner]),
    )
