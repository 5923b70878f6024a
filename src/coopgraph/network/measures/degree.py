"""Degree centrality: with how many others a node is tied."""

from __future__ import annotations

import networkx as nx

from coopgraph.network.measures.measure import Measure, Uses
from coopgraph.network.network import Mode


def degree(network: nx.Graph) -> dict[str, float]:
    """The share of the other nodes that a node is tied to.

    Formula: d(v) / (n - 1), with d(v) the number of ties of v and n the number of nodes; 0 in a network of one node.
    Direction: none. Reads neither strength nor distance. Range 0 to 1.

    References:
        L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79) 215-239.
    """
    if len(network) < 2:
        return dict.fromkeys(network, 0.0)
    return dict(nx.degree_centrality(network))


MEASURE = Measure(
    name="degree",
    label="Degree",
    mode=Mode.ONE_MODE,
    uses=Uses.NOTHING,
    function=degree,
    meaning="share of the other actors that an actor has met",
    formula="d(v) / (n - 1)",
    normalisation="divided by n - 1, the number of other nodes; from 0 to 1",
    source="L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79)",
    doi="10.1016/0378-8733(78)90021-7",
)
