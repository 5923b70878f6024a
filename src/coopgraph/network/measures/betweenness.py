"""Betweenness: how often a node lies on the shortest paths between others."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.exact_lengths import with_exact_lengths
from coopgraph.network.measures.measure import EITHER, NETWORKX, Measure, Uses


def betweenness(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """The share of shortest paths between other nodes that pass through each node, lengths taken from `distance`.

    Formula: sum over s < t of sigma(s, t | v) / sigma(s, t), divided by (n - 1)(n - 2) / 2. Direction: followed; the
    sum is then over ordered pairs, divided by (n - 1)(n - 2). Endpoints are not counted; a pair without a path counts
    for nobody. Reads `distance`, never `strength`. Two paths are equally short if they are so as exact fractions: sums
    of rounded lengths would break ties at random. Complexity: O(n m + n^2 log n). Range 0 to 1.

    References:
        L. C. Freeman, A set of measures of centrality based on betweenness, Sociometry 40 (1977) 35-41.
        U. Brandes, A faster algorithm for betweenness centrality, J. Mathematical Sociology 25 (2001) 163-177.
    """
    measured = with_exact_lengths(network)
    return dict(nx.betweenness_centrality(measured, normalized=True, weight="length", backend=backend))


MEASURE = Measure(
    name="betweenness",
    label="Betweenness",
    modes=EITHER,
    uses=Uses.DISTANCE,
    function=betweenness,
    meaning="share of the shortest paths between other nodes that lead through a node",
    formula="sum over pairs s, t of sigma(s, t | v) / sigma(s, t)",
    normalisation="divided by the number of pairs of other nodes, (n - 1)(n - 2) / 2 or with direction twice that; "
    "from 0 to 1",
    direction="followed; pairs are then ordered, and twice as many",
    complexity="O(n m + n² log n)",
    calls=("betweenness_centrality",),
    source="L. C. Freeman, A set of measures of centrality based on betweenness, Sociometry 40 (1977); "
    "U. Brandes, A faster algorithm for betweenness centrality, J. Math. Sociology 25 (2001)",
    doi="10.1080/0022250X.2001.9990249",
)
