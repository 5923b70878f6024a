"""Closeness: how short the ways are between a node and those that can reach it."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import EITHER, NETWORKX, Measure, Uses


def closeness(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """The inverse of the mean distance from the nodes that reach a node, times the share of nodes that do.

    Formula: c(v) = (r / (n - 1)) * (r / sum of d(u, v) over the r other nodes u from which v can be reached); 0 if
    there is none. In a network in one piece that is Freeman's (n - 1) / sum of d(u, v); the first factor, of Wasserman
    and Faust, keeps small components from looking central. Direction: followed, distances towards v. Reads `distance`:
    the unit is 1 / distance, and the range is 0 to 1 only if no distance is below 1. Complexity: O(n m + n^2 log n).

    References:
        L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79) 215-239.
        S. Wasserman, K. Faust, Social Network Analysis (1994), equation 5.22.
    """
    found = nx.closeness_centrality(network, distance="distance", wf_improved=True, backend=backend)
    return {node: float(value) for node, value in found.items()}


MEASURE = Measure(
    name="closeness",
    label="Closeness",
    modes=EITHER,
    uses=Uses.DISTANCE,
    function=closeness,
    meaning="inverse of the mean distance to a node, times the share of the nodes that can reach it",
    formula="(r / (n - 1)) * (r / sum of d(u, v)) over the r other nodes u that reach v",
    normalisation="Wasserman and Faust's for networks in several pieces; in 1 / distance, from 0 to 1 if "
    "every distance is 1",
    direction="followed; distances towards a node",
    complexity="O(n m + n² log n)",
    calls=("closeness_centrality",),
    source="L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79); "
    "S. Wasserman, K. Faust, Social Network Analysis (1994), equation 5.22",
    doi="10.1016/0378-8733(78)90021-7",
)
