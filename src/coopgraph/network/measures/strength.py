"""Strength: the sum of the strengths of a node's ties."""

from __future__ import annotations

import networkx as nx

from coopgraph.network.measures.measure import Measure, Uses
from coopgraph.network.network import Mode


def strength(network: nx.Graph) -> dict[str, float]:
    """The sum of the attribute `strength` over the ties of each node.

    Formula: s(v) = sum over u of w(u, v). Not normalised. Direction: none. Under Newman's rule s(v) is the number of
    events at which v met anyone.

    References:
        A. Barrat, M. Barthelemy, R. Pastor-Satorras, A. Vespignani, The architecture of complex weighted networks,
        PNAS 101 (2004) 3747-3752.
    """
    return {node: float(value) for node, value in network.degree(weight="strength")}


MEASURE = Measure(
    name="strength",
    label="Strength",
    mode=Mode.ONE_MODE,
    uses=Uses.STRENGTH,
    function=strength,
    meaning="sum of the strengths of all ties of an actor",
    formula="s(v) = sum of w(u, v) over all u",
    normalisation="none; in the unit of tie strength",
    source="A. Barrat et al., The architecture of complex weighted networks, PNAS 101 (2004)",
    doi="10.1073/pnas.0400087101",
)
