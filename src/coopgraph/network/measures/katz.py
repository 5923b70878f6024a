"""Katz centrality: the number of walks that end at a node, long ones counting less."""

from __future__ import annotations

from math import sqrt
from typing import Any, Final

import networkx as nx

from coopgraph.network.measures.leading import norm
from coopgraph.network.measures.measure import EITHER, NETWORKX, Measure, Uses

SHARE: Final = 0.9


def katz(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """What every node gets by itself, plus a share of what those who are tied to it have.

    Formula: x(v) = 1 + alpha * sum over u of w(u, v) x(u), then divided so that the squares sum to 1. alpha = 0.9 / s,
    s being the largest singular value of the matrix of strengths; without direction that is its largest eigenvalue. s
    is never below the largest eigenvalue, so there is always exactly one solution and it is positive; it is found by
    solving the equations, not by rounds. An isolate has what every node gets by itself. Direction: followed, ties that
    come in. Reads `strength`; its unit does not matter. Complexity: O(n^3).

    References:
        L. Katz, A new status index derived from sociometric analysis, Psychometrika 18 (1953) 39-43.
    """
    if not network.size():
        return dict.fromkeys(network, 1 / sqrt(max(1, len(network))))
    largest = norm(nx.to_scipy_sparse_array(network, weight="strength", dtype=float))
    found = nx.katz_centrality_numpy(network, alpha=SHARE / largest, beta=1.0, weight="strength", backend=backend)
    return dict(found)


MEASURE = Measure(
    name="katz",
    label="Katz",
    modes=EITHER,
    uses=Uses.STRENGTH,
    function=katz,
    meaning="number of walks of any length that end at a node, long ones counting less",
    formula="x(v) = 1 + alpha * sum of w(u, v) x(u) over all u, alpha = 0.9 / s, s the largest singular value of w",
    normalisation="the squares of all values sum to 1",
    direction="followed; ties that come in",
    complexity="O(n³)",
    calls=("katz_centrality_numpy",),
    source="L. Katz, A new status index derived from sociometric analysis, Psychometrika 18 (1953)",
    doi="10.1007/BF02289026",
)
