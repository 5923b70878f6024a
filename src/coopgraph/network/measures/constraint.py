"""Constraint: how far a node's ties lead back to the same few others. The less, the more of a broker."""

from __future__ import annotations

from math import isnan
from typing import Any, Final

import networkx as nx

from coopgraph.network.measures.measure import EITHER, NETWORKX, Best, Measure, Uses

OF_AN_ISOLATE: Final = 1.0


def constraint(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """How much of a node's effort goes, directly or through others, into the same neighbours.

    Formula: c(v) = sum over the neighbours u of (p(v, u) + sum over q of p(v, q) p(q, u))^2, with p(v, u) the strength
    of the ties between v and u in both directions over that of all ties of v. Not normalised; above 0, seldom above 1.
    Low values are the central ones. Burt leaves it open for a node without ties: it has no holes to bridge, so it gets
    1, the value of a node with one neighbour who has no other tie. Direction: both added. Reads `strength`; its unit
    does not matter. Complexity: O(sum of d(v)^2).

    References:
        R. S. Burt, Structural Holes: The Social Structure of Competition (1992), equation 2.4.
    """
    if not network.size():
        return dict.fromkeys(network, OF_AN_ISOLATE)
    found = nx.constraint(network, weight="strength", backend=backend)
    return {node: OF_AN_ISOLATE if isnan(value) else float(value) for node, value in found.items()}


MEASURE = Measure(
    name="constraint",
    label="Constraint",
    modes=EITHER,
    uses=Uses.STRENGTH,
    function=constraint,
    best=Best.LOWEST,
    meaning="how far the ties of a node lead back to the same few others; low values are those of brokers",
    formula="sum of (p(v, u) + sum of p(v, q) p(q, u) over q)² over the neighbours u, p(v, u) the share of u in the "
    "strength of v",
    normalisation="none; above 0, seldom above 1; 1 for a node without ties",
    direction="both directions are added",
    complexity="O(sum of d(v)²)",
    calls=("constraint",),
    source="R. S. Burt, Structural Holes: The Social Structure of Competition (1992), equation 2.4",
)
