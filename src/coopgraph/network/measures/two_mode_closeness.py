"""Two-mode closeness: how short the ways are in the network of actors and events, without any projection."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import NETWORKX, TWO_MODE, Measure, Uses


def two_mode_closeness(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """The smallest possible sum of distances for a node of its kind over its own (`bipartite`: 0 actor, 1 event).

    Formula: (m + 2 (n - 1)) / sum of d(u, v) for an actor, (n + 2 (m - 1)) / sum for an event, every tie of length 1,
    with n actors and m events in the node's component; times the share of all other nodes that are in it, as Wasserman
    and Faust do for closeness; 0 for a node without ties. Direction: none. Reads neither strength nor distance.
    Complexity: O(nodes * ties). Range 0 to 1.

    References:
        S. P. Borgatti, M. G. Everett, Network analysis of 2-mode data, Social Networks 19 (1997) 243-269.
        S. P. Borgatti, D. S. Halgin, Analyzing affiliation networks, SAGE Handbook of Social Network Analysis (2011).
    """
    sides = dict(network.nodes(data="bipartite"))
    values = dict.fromkeys(network, 0.0)
    for members in nx.connected_components(network):
        if len(members) < 2:
            continue
        component = network.subgraph(members)
        actors = [node for node in members if sides[node] == 0]
        found = nx.bipartite.closeness_centrality(component, actors, normalized=False, backend=backend)
        share = (len(members) - 1) / (len(network) - 1)
        values |= {node: value * share for node, value in found.items()}
    return values


MEASURE = Measure(
    name="two-mode-closeness",
    label="Two-mode closeness",
    modes=TWO_MODE,
    uses=Uses.NOTHING,
    function=two_mode_closeness,
    meaning="how short the ways are from a node to all others in the network of both kinds of node",
    formula="(m + 2 (n - 1)) / sum of d(u, v) for an actor, (n + 2 (m - 1)) / sum for an event, n actors and m events "
    "in the component, every tie of length 1",
    normalisation="the smallest possible sum over the actual one, times the share of the other nodes within reach; "
    "from 0 to 1",
    direction="none",
    complexity="O(nodes * ties)",
    calls=("bipartite.closeness_centrality",),
    source="S. P. Borgatti, M. G. Everett, Network analysis of 2-mode data, Social Networks 19 (1997); "
    "S. P. Borgatti, D. S. Halgin, Analyzing affiliation networks, SAGE Handbook of Social Network Analysis (2011)",
    doi="10.1016/S0378-8733(96)00301-2",
)
