"""Isolates: nodes that have no tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.measures.measure import Uses
from coopgraph.network.network import Mode
from coopgraph.network.whole.measure import Figure, WholeMeasure

if TYPE_CHECKING:
    from coopgraph.network.network import Network


def isolates(network: Network) -> Figure:
    """The number of nodes without any tie.

    Formula: number of nodes v with d(v) = 0. Direction: set aside. Reads neither strength nor distance. Complexity: O(n
    + m).

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.2.
    """
    tied = np.union1d(network.source, network.target)
    return Figure(float(network.n - len(tied)))


MEASURE = WholeMeasure(
    name="isolates",
    label="Isolates",
    modes=tuple(Mode),
    uses=Uses.NOTHING,
    compute=isolates,
    meaning="number of nodes without any tie",
    formula="number of nodes v with d(v) = 0",
    normalisation="none; a count",
    direction="set aside",
    complexity="O(n + m)",
    source="S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.2",
)
