"""PageRank: being tied to those who are themselves well tied."""

from __future__ import annotations

from typing import Any, Final

import networkx as nx

from coopgraph.network.measures.measure import EITHER, NETWORKX, Measure, Uses

DAMPING: Final = 0.85
TOLERANCE: Final = 1e-12
_STEPS: Final = 1000


def pagerank(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """The share of time a random walker spends at each node.

    Formula: x(v) = (1 - d) / n + d * sum over u of w(u, v) x(u) / s(u), d = 0.85.
    s(u) is the strength of what goes out of u. A walker who finds no way out jumps anywhere. The values sum to 1.
    Direction: followed; without direction each tie is walked both ways. Reads `strength`. Complexity: O(m) for each of
    about 150 rounds, until a round changes all values together by less than n * 1e-12.

    References:
        S. Brin, L. Page, The anatomy of a large-scale hypertextual Web search engine, Computer Networks 30 (1998).
    """
    if not len(network):
        return {}
    return dict(nx.pagerank(network, alpha=DAMPING, weight="strength", tol=TOLERANCE, max_iter=_STEPS, backend=backend))


MEASURE = Measure(
    name="pagerank",
    label="PageRank",
    modes=EITHER,
    uses=Uses.STRENGTH,
    function=pagerank,
    meaning="share of time that a random walker along the ties spends at a node",
    formula="x(v) = (1 - d) / n + d * sum of w(u, v) x(u) / s(u) over all u, d = 0.85",
    normalisation="all values sum to 1",
    direction="followed; a tie without direction is walked both ways",
    complexity="O(m) for each round, about 150 rounds",
    calls=("pagerank",),
    source="S. Brin, L. Page, The anatomy of a large-scale hypertextual Web search engine, Computer Networks 30 (1998)",
    doi="10.1016/S0169-7552(98)00110-X",
)
