"""Weighted clustering: how much of a node's strength goes into triangles."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np

from coopgraph.network.measures.measure import NETWORKX, UNDIRECTED, Measure, Uses


def weighted_clustering(network: nx.Graph, _backend: str = NETWORKX) -> dict[Any, float]:
    """The share of the pairs of a node's neighbours that are tied to each other, pairs weighed by the node's ties.

    Formula: c(v) = sum over the ordered pairs u, t of neighbours that are tied to each other of (w(v, u) + w(v, t)) /
    2, divided by s(v) (d(v) - 1); 0 for a node with fewer than two neighbours. With equal strengths it is the local
    clustering. Direction: none. Reads `strength`; its unit does not matter. Complexity: O(sum of d(v)^2). Range 0 to 1.

    References:
        A. Barrat, M. Barthelemy, R. Pastor-Satorras, A. Vespignani, The architecture of complex weighted networks,
        PNAS 101 (2004) 3747-3752.
    """
    if not len(network):
        return {}
    strengths = nx.to_scipy_sparse_array(network, weight="strength", dtype=float, format="csr")
    tied = strengths.astype(bool).astype(float)
    # (tied @ tied)[v, u] counts the common neighbours of v and u; both halves of the mean come to the same sum.
    closed = (tied @ tied).multiply(strengths).sum(axis=1)
    possible = strengths.sum(axis=1) * (tied.sum(axis=1) - 1)
    values = np.divide(closed, possible, out=np.zeros(len(network)), where=possible > 0)
    return dict(zip(network, values.tolist(), strict=True))


MEASURE = Measure(
    name="weighted-clustering",
    label="Weighted clustering",
    modes=UNDIRECTED,
    uses=Uses.STRENGTH,
    function=weighted_clustering,
    meaning="share of the pairs of neighbours of a node that are tied to each other, weighed by the node's own ties",
    formula="sum of (w(v, u) + w(v, t)) / 2 over tied neighbours u, t, divided by s(v) (d(v) - 1)",
    normalisation="divided by what it would be if all neighbours were tied; from 0 to 1; 0 with fewer than two "
    "neighbours",
    direction="not defined for directed networks",
    complexity="O(sum of d(v)²)",
    source="A. Barrat et al., The architecture of complex weighted networks, PNAS 101 (2004)",
    doi="10.1073/pnas.0400087101",
)
