"""Reciprocity: how many ties are returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.measures.measure import DIRECTED, Uses
from coopgraph.network.whole.measure import Figure, WholeMeasure

if TYPE_CHECKING:
    from coopgraph.network.network import Network


def reciprocity(network: Network) -> Figure:
    """The share of the ties that are returned.

    Formula: number of ties i → j with j → i, divided by m; not defined without ties. Direction: followed. Reads neither
    strength nor distance. Complexity: O(m). Range 0 to 1.

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), section 13.3.
    """
    if not network.m:
        return Figure(None, "there are no ties")
    ties = network.adjacency()
    return Figure(float(ties.multiply(ties.T).sum()) / network.m)


MEASURE = WholeMeasure(
    name="reciprocity",
    label="Reciprocity",
    modes=DIRECTED,
    uses=Uses.NOTHING,
    compute=reciprocity,
    meaning="share of the ties that are returned",
    formula="number of ties i → j with j → i, divided by m",
    normalisation="divided by the number of ties; from 0 to 1",
    direction="followed",
    complexity="O(m)",
    source="S. Wasserman, K. Faust, Social Network Analysis (1994), section 13.3",
    doi="10.1017/CBO9780511815478",
)
