"""Harmonic centrality: closeness that is at home in networks of several pieces."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import EITHER, NETWORKX, Measure, Uses


def harmonic(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """The mean of 1 / distance over all other nodes, 0 for those from which there is no way.

    Formula: h(v) = (sum over u of 1 / d(u, v)) / (n - 1); 0 in a network of one node. Direction: followed, distances
    towards v. Reads `distance`: the unit is 1 / distance, and the range is 0 to 1 only if no distance is below 1.
    Complexity: O(n m + n^2 log n).

    References:
        M. Marchiori, V. Latora, Harmony in the small-world, Physica A 285 (2000) 539-546.
        P. Boldi, S. Vigna, Axioms for centrality, Internet Mathematics 10 (2014) 222-262.
    """
    others = len(network) - 1
    if others < 1:
        return dict.fromkeys(network, 0.0)
    found = nx.harmonic_centrality(network, distance="distance", backend=backend)
    return {node: value / others for node, value in found.items()}


MEASURE = Measure(
    name="harmonic",
    label="Harmonic",
    modes=EITHER,
    uses=Uses.DISTANCE,
    function=harmonic,
    meaning="mean of 1 / distance from all other nodes, 0 for those from which there is no way",
    formula="(sum of 1 / d(u, v) over all u) / (n - 1)",
    normalisation="divided by n - 1, the number of other nodes; in 1 / distance, from 0 to 1 if every distance is 1",
    direction="followed; distances towards a node",
    complexity="O(n m + n² log n)",
    calls=("harmonic_centrality",),
    source="M. Marchiori, V. Latora, Harmony in the small-world, Physica A 285 (2000); "
    "P. Boldi, S. Vigna, Axioms for centrality, Internet Mathematics 10 (2014)",
    doi="10.1016/S0378-4371(00)00311-3",
)
