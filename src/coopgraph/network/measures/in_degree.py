"""In-degree: how many others have a tie to a node."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import DIRECTED, NETWORKX, Measure, Uses


def in_degree(network: nx.DiGraph, backend: str = NETWORKX) -> dict[Any, float]:
    """The share of the other nodes that have a tie to a node.

    Formula: d_in(v) / (n - 1); 0 in a network of one node. Direction: ties that come in. Reads neither strength nor
    distance. Complexity: O(n + m). Range 0 to 1.

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), section 5.3.
    """
    if len(network) < 2:
        return dict.fromkeys(network, 0.0)
    return dict(nx.in_degree_centrality(network, backend=backend))


MEASURE = Measure(
    name="in-degree",
    label="In-degree",
    modes=DIRECTED,
    uses=Uses.NOTHING,
    function=in_degree,
    meaning="share of the other nodes that have a tie to a node",
    formula="d_in(v) / (n - 1)",
    normalisation="divided by n - 1, the number of other nodes; from 0 to 1",
    direction="ties that come in",
    complexity="O(n + m)",
    calls=("in_degree_centrality",),
    source="S. Wasserman, K. Faust, Social Network Analysis (1994), section 5.3",
    doi="10.1017/CBO9780511815478",
)
