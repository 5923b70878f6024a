"""Local clustering: how many of those a node is tied to are tied to each other."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import EITHER, NETWORKX, Measure, Uses


def clustering(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """The share of the pairs of a node's neighbours that are tied to each other.

    Formula: c(v) = 2 t(v) / (d(v) (d(v) - 1)), t(v) the number of triangles through v; 0 for a node with fewer than two
    neighbours. Direction: set aside. Reads neither strength nor distance. Complexity: O(sum of d(v)^2). Range 0 to 1.

    References:
        D. J. Watts, S. H. Strogatz, Collective dynamics of 'small-world' networks, Nature 393 (1998) 440-442.
    """
    plain = network.to_undirected() if network.is_directed() else network
    return {node: float(value) for node, value in nx.clustering(plain, backend=backend).items()}


MEASURE = Measure(
    name="clustering",
    label="Clustering",
    modes=EITHER,
    uses=Uses.NOTHING,
    function=clustering,
    meaning="share of the pairs of neighbours of a node that are tied to each other",
    formula="2 t(v) / (d(v) (d(v) - 1)), t(v) the number of triangles through v",
    normalisation="divided by the number of pairs of neighbours; from 0 to 1; 0 with fewer than two neighbours",
    direction="set aside",
    complexity="O(sum of d(v)²)",
    calls=("clustering",),
    source="D. J. Watts, S. H. Strogatz, Collective dynamics of 'small-world' networks, Nature 393 (1998)",
    doi="10.1038/30918",
)
