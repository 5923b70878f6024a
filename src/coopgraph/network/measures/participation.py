"""Participation coefficient: over how many groups the ties of a node are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.grouping import belonging
from coopgraph.network.measures.measure import EITHER, GroupMeasure, Uses

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.network import Network


def participation(network: Network, groups: Indices) -> Floats:
    """How evenly the ties of each node are spread over the groups: 0 if all lead to one group.

    Formula: P(v) = 1 - sum over the groups g of (k(v, g) / k(v))^2, k(v, g) being the number of neighbours of v in g
    and k(v) that of its neighbours in any group; 0 for a node without any. Ties to nodes of no group are left out.
    Direction: set aside, two nodes tied both ways count once. Reads neither strength nor distance. Complexity: O(n +
    m). Range 0 to 1 - 1 / number of groups.

    References:
        R. Guimerà, L. A. N. Amaral, Functional cartography of complex metabolic networks, Nature 433 (2005) 895-900.
    """
    shared = network.undirected() @ belonging(groups)
    all_ties = shared.sum(axis=1)
    squares = shared.multiply(shared).sum(axis=1)
    values = np.zeros(network.n)
    # Whole numbers first: a node with all its ties in one group gets 0, and not almost 0.
    np.divide(all_ties**2 - squares, all_ties**2, out=values, where=all_ties > 0)
    return values


MEASURE = GroupMeasure(
    name="participation",
    label="Participation coefficient",
    modes=EITHER,
    uses=Uses.NOTHING,
    function=participation,
    meaning="how evenly the ties of a node are spread over the groups",
    formula="1 - sum of (k(v, g) / k(v))² over the groups g, k(v, g) the number of neighbours in g",
    normalisation="from 0, all ties in one group, to 1 - 1 / number of groups",
    direction="set aside",
    complexity="O(n + m)",
    source="R. Guimerà, L. A. N. Amaral, Functional cartography of complex metabolic networks, Nature 433 (2005)",
    doi="10.1038/nature03288",
)
