"""Degree centrality: with how many others a node is tied."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import EITHER, NETWORKX, Measure, Uses


def degree(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """The share of the other nodes that a node is tied to.

    Formula: d(v) / (n - 1), with d(v) the number of different nodes that v is tied to and n the number of nodes; 0 in a
    network of one node. Direction: set aside, two nodes tied both ways count once. Reads neither strength nor distance.
    Complexity: O(n + m). Range 0 to 1.

    References:
        L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79) 215-239.
    """
    if len(network) < 2:
        return dict.fromkeys(network, 0.0)
    plain = network.to_undirected() if network.is_directed() else network
    return dict(nx.degree_centrality(plain, backend=backend))


MEASURE = Measure(
    name="degree",
    label="Degree",
    modes=EITHER,
    uses=Uses.NOTHING,
    function=degree,
    meaning="share of the other nodes that a node is tied to",
    formula="d(v) / (n - 1)",
    normalisation="divided by n - 1, the number of other nodes; from 0 to 1",
    direction="set aside: two nodes tied both ways count once",
    complexity="O(n + m)",
    calls=("degree_centrality",),
    source="L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79)",
    doi="10.1016/0378-8733(78)90021-7",
)
