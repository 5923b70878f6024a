"""Density: how many of the possible ties there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.measures.measure import Uses
from coopgraph.network.network import Mode
from coopgraph.network.whole.measure import Figure, WholeMeasure

if TYPE_CHECKING:
    from coopgraph.network.network import Network


def density(network: Network) -> Figure:
    """The share of the possible ties that exist.

    Formula: m / (n (n - 1) / 2) without direction, m / (n (n - 1)) with it, m / (a e) in a two-mode network of a actors
    and e events. Not defined where no tie is possible. Direction: each direction is a possible tie. Reads neither
    strength nor distance. Complexity: O(n). Range 0 to 1.

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), sections 4.2 and 4.3.
        S. P. Borgatti, M. G. Everett, Network analysis of 2-mode data, Social Networks 19 (1997) 243-269.
    """
    if network.mode is Mode.TWO_MODE:
        events = int(np.count_nonzero(network.side))
        possible = events * (network.n - events)
    else:
        possible = network.n * (network.n - 1) // (1 if network.directed else 2)
    if not possible:
        return Figure(None, "no tie is possible")
    return Figure(network.m / possible)


MEASURE = WholeMeasure(
    name="density",
    label="Density",
    modes=tuple(Mode),
    uses=Uses.NOTHING,
    compute=density,
    meaning="share of the possible ties that exist",
    formula="2 m / (n (n - 1)); m / (n (n - 1)) with direction; m / (a e) for a actors and e events",
    normalisation="divided by the number of possible ties; from 0 to 1",
    direction="each direction is a possible tie",
    complexity="O(n)",
    source="S. Wasserman, K. Faust, Social Network Analysis (1994), sections 4.2 and 4.3; two modes: S. P. Borgatti, "
    "M. G. Everett, Network analysis of 2-mode data, Social Networks 19 (1997)",
    doi="10.1017/CBO9780511815478",
)
