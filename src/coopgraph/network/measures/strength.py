"""Strength: the sum of the strengths of a node's ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.network.measures.measure import EITHER, NETWORKX, Measure, Uses

if TYPE_CHECKING:
    import networkx as nx


def strength(network: nx.Graph, _backend: str = NETWORKX) -> dict[Any, float]:
    """The sum of the attribute `strength` over the ties of each node.

    Formula: s(v) = sum over u of w(u, v). Not normalised: in the unit of strength. Direction: set aside, what comes in
    and what goes out are added. Complexity: O(m). Under Newman's rule s(v) is the number of events at which v met
    anyone.

    References:
        A. Barrat, M. Barthelemy, R. Pastor-Satorras, A. Vespignani, The architecture of complex weighted networks,
        PNAS 101 (2004) 3747-3752.
    """
    return {node: float(value) for node, value in network.degree(weight="strength")}


MEASURE = Measure(
    name="strength",
    label="Strength",
    modes=EITHER,
    uses=Uses.STRENGTH,
    function=strength,
    meaning="sum of the strengths of all ties of a node",
    formula="s(v) = sum of w(u, v) over all u",
    normalisation="none; in the unit of tie strength",
    direction="set aside: what comes in and what goes out are added",
    complexity="O(m)",
    source="A. Barrat et al., The architecture of complex weighted networks, PNAS 101 (2004)",
    doi="10.1073/pnas.0400087101",
)
