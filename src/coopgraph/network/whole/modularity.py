"""Modularity: how much more strength lies within groups than chance would put there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.communities import modularity as communities
from coopgraph.network.communities.ties import Ties
from coopgraph.network.measures.measure import EITHER, Uses
from coopgraph.network.whole.measure import Figure, WholeGroupMeasure

if TYPE_CHECKING:
    from coopgraph.network.arrays import Indices
    from coopgraph.network.network import Network

_RESOLUTION: Final = 1.0


def modularity(network: Network, groups: Indices) -> Figure:
    """Newman's modularity of a given division, at resolution 1.

    Formula: sum over the groups of (strength within / all strength - (strength of its nodes / twice all strength)^2).
    Ties of nodes without a group are left out. Not defined without ties between nodes that have one. Direction: set
    aside, the strengths of opposite ties are added. Reads `strength`. Complexity: O(n + m). From -1/2 to 1; 0 is
    chance.

    References:
        M. E. J. Newman, M. Girvan, Finding and evaluating community structure in networks, Physical Review E 69 (2004).
        M. E. J. Newman, Analysis of weighted networks, Physical Review E 70 (2004) 056131.
    """
    ties = Ties.of(network)
    grouped = (groups[ties.source] >= 0) & (groups[ties.target] >= 0)
    left = int(np.count_nonzero(~grouped))
    note = f"left out for want of a group: {left:,} of {len(grouped):,} ties" if left else ""
    if not grouped.any():
        return Figure(None, "no tie is between nodes that have a group")
    kept = ties.weighing(ties.weight[grouped], grouped)
    return Figure(communities.modularity(kept, groups, _RESOLUTION), note)


MEASURE = WholeGroupMeasure(
    name="modularity",
    label="Modularity",
    modes=EITHER,
    uses=Uses.STRENGTH,
    compute=modularity,
    meaning="how much more of the strength of ties lies within groups than chance would put there",
    formula="sum over groups of (strength within / all strength - (strength of its nodes / (2 * all strength))²)",
    normalisation="0 is chance; from -1/2 to 1",
    direction="set aside",
    complexity="O(n + m)",
    source="M. E. J. Newman, M. Girvan, Finding and evaluating community structure in networks, Physical Review E 69 "
    "(2004); M. E. J. Newman, Analysis of weighted networks, Physical Review E 70 (2004)",
    doi="10.1103/PhysRevE.69.026113",
)
