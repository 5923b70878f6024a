"""The same network as a networkx graph, for reference measures and for whoever works with networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from coopgraph.network.network import Network


def graph(network: Network) -> nx.Graph:
    """Nodes by index, in order, with `bipartite` (0 source side, 1 target side); ties with strength and distance.

    A DiGraph if ties have a direction. No attribute is called `weight`: a measure that reads one has to say which.
    """
    made = nx.DiGraph() if network.directed else nx.Graph()
    made.add_nodes_from((index, {"bipartite": side}) for index, side in enumerate(network.side.tolist()))
    ends = zip(network.source.tolist(), network.target.tolist(), strict=True)
    weights = zip(network.strengths.values.tolist(), network.distances.values.tolist(), strict=True)
    made.add_edges_from(
        (source, target, {"strength": strength, "distance": distance})
        for (source, target), (strength, distance) in zip(ends, weights, strict=True)
    )
    return made
