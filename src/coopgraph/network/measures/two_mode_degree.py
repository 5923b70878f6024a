"""Two-mode degree: the share of events an actor took part in, and of actors an event brought together."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import NETWORKX, TWO_MODE, Measure, Uses


def two_mode_degree(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """The degree of each node over the number of nodes of the other kind (attribute `bipartite`: 0 actor, 1 event).

    Formula: d(a) / m for an actor, d(e) / n for an event, with n actors and m events; 0 if the other kind is empty.
    Direction: none. Reads neither strength nor distance. Complexity: O(n + m). Range 0 to 1.

    References:
        S. P. Borgatti, M. G. Everett, Network analysis of 2-mode data, Social Networks 19 (1997) 243-269.
        S. P. Borgatti, D. S. Halgin, Analyzing affiliation networks, SAGE Handbook of Social Network Analysis (2011).
    """
    actors = [node for node, side in network.nodes(data="bipartite") if side == 0]
    if not actors or len(actors) == len(network):
        return dict.fromkeys(network, 0.0)
    values = nx.bipartite.degree_centrality(network, actors, backend=backend)
    return {node: values[node] for node in network}


MEASURE = Measure(
    name="two-mode-degree",
    label="Two-mode degree",
    modes=TWO_MODE,
    uses=Uses.NOTHING,
    function=two_mode_degree,
    meaning="share of all nodes of the other kind that a node is tied to",
    formula="d(a) / m for an actor, d(e) / n for an event, n actors and m events",
    normalisation="divided by the number of nodes of the other kind; from 0 to 1",
    direction="none",
    complexity="O(n + m)",
    calls=("bipartite.degree_centrality",),
    source="S. P. Borgatti, M. G. Everett, Network analysis of 2-mode data, Social Networks 19 (1997); "
    "S. P. Borgatti, D. S. Halgin, Analyzing affiliation networks, SAGE Handbook of Social Network Analysis (2011)",
    doi="10.1016/S0378-8733(96)00301-2",
)
