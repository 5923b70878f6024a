"""PageRank: being tied to those who are themselves well tied."""

from __future__ import annotations

from typing import Final

import networkx as nx

from coopgraph.network.measures.measure import Measure, Uses
from coopgraph.network.network import Mode

DAMPING: Final = 0.85
TOLERANCE: Final = 1e-12
_STEPS: Final = 1000


def pagerank(network: nx.Graph) -> dict[str, float]:
    """The share of time a random walker spends at each node.

    Formula: x(v) = (1 - d) / n + d * sum over u of w(u, v) x(u) / s(u), d = 0.85.
    A walker at an isolate jumps anywhere. The values sum to 1. Direction: none, each tie is walked both ways.
    Reads `strength`.

    References:
        S. Brin, L. Page, The anatomy of a large-scale hypertextual Web search engine, Computer Networks 30 (1998).
    """
    if not len(network):
        return {}
    return dict(nx.pagerank(network, alpha=DAMPING, weight="strength", tol=TOLERANCE, max_iter=_STEPS))


MEASURE = Measure(
    name="pagerank",
    label="PageRank",
    mode=Mode.ONE_MODE,
    uses=Uses.STRENGTH,
    function=pagerank,
    meaning="share of time that a random walker along the ties spends at an actor",
    formula="x(v) = (1 - d) / n + d * sum of w(u, v) x(u) / s(u) over all u, d = 0.85",
    normalisation="all values sum to 1",
    source="S. Brin, L. Page, The anatomy of a large-scale hypertextual Web search engine, Computer Networks 30 (1998)",
    doi="10.1016/S0169-7552(98)00110-X",
)
