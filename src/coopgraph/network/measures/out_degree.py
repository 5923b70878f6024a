"""Out-degree: how many others a node has a tie to."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import DIRECTED, NETWORKX, Measure, Uses


def out_degree(network: nx.DiGraph, backend: str = NETWORKX) -> dict[Any, float]:
    """The share of the other nodes that a node has a tie to.

    Formula: d_out(v) / (n - 1); 0 in a network of one node. Direction: ties that go out. Reads neither strength nor
    distance. Complexity: O(n + m). Range 0 to 1.

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), section 5.3.
    """
    if len(network) < 2:
        return dict.fromkeys(network, 0.0)
    return dict(nx.out_degree_centrality(network, backend=backend))


MEASURE = Measure(
    name="out-degree",
    label="Out-degree",
    modes=DIRECTED,
    uses=Uses.NOTHING,
    function=out_degree,
    meaning="share of the other nodes that a node has a tie to",
    formula="d_out(v) / (n - 1)",
    normalisation="divided by n - 1, the number of other nodes; from 0 to 1",
    direction="ties that go out",
    complexity="O(n + m)",
    calls=("out_degree_centrality",),
    source="S. Wasserman, K. Faust, Social Network Analysis (1994), section 5.3",
    doi="10.1017/CBO9780511815478",
)
