"""Eigenvector centrality: being tied to those who are themselves central."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.leading import leading
from coopgraph.network.measures.measure import NETWORKX, UNDIRECTED, Measure, Uses


def eigenvector(network: nx.Graph, _backend: str = NETWORKX) -> dict[Any, float]:
    """The entries of the leading eigenvector of the matrix of strengths.

    Formula: x(v) = (1 / lambda) * sum over u of w(u, v) x(u), lambda the largest eigenvalue; the squares sum to 1 and
    no entry is negative. In a network of several components only those with the largest eigenvalue have values other
    than 0; should several share it, the vector is the one nearest to equal values. Without ties all values are 0.
    Direction: none; a network with directions may have no such vector at all, and gets Katz centrality, PageRank or
    HITS instead. Reads `strength`. Complexity: O(n^3) for small components, else O(m) for each of some tens of rounds.

    References:
        P. Bonacich, Factoring and weighting approaches to status scores and clique identification, J. Mathematical
        Sociology 2 (1972) 113-120.
    """
    if not len(network):
        return {}
    _, values = leading(nx.to_scipy_sparse_array(network, weight="strength", dtype=float))
    return dict(zip(network, values.tolist(), strict=True))


MEASURE = Measure(
    name="eigenvector",
    label="Eigenvector",
    modes=UNDIRECTED,
    uses=Uses.STRENGTH,
    function=eigenvector,
    meaning="being tied strongly to nodes that are central in the same sense",
    formula="x(v) = (1 / lambda) * sum of w(u, v) x(u) over all u, lambda the largest eigenvalue",
    normalisation="the squares of all values sum to 1; 0 outside the component with the largest eigenvalue",
    direction="not defined for directed networks",
    complexity="O(n³) for small components, else O(m) for each of some tens of rounds",
    source="P. Bonacich, Factoring and weighting approaches to status scores and clique identification, J. "
    "Mathematical Sociology 2 (1972)",
    doi="10.1080/0022250X.1972.9989806",
)
