"""Assortativity by group: whether ties keep to the same group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.measures.measure import EITHER, Uses
from coopgraph.network.whole.measure import Figure, WholeGroupMeasure

if TYPE_CHECKING:
    from coopgraph.network.arrays import Indices
    from coopgraph.network.network import Network


def group_assortativity(network: Network, groups: Indices) -> Figure:
    """How far ties keep to one group, between what chance gives (0) and always (1).

    Formula: (sum of e(g, g) - sum of a(g) b(g)) / (1 - sum of a(g) b(g)), e(g, h) being the share of the ties from
    group g to group h, a and b its sums by row and by column; without direction each tie is taken both ways. Direction:
    followed. Ties of nodes without a group are left out. Not defined where all ties are within one group. Reads neither
    strength nor distance. Complexity: O(n + m). At most 1.

    References:
        M. E. J. Newman, Mixing patterns in networks, Physical Review E 67 (2003) 026126.
    """
    first, second = groups[network.source], groups[network.target]
    grouped = (first >= 0) & (second >= 0)
    left = int(np.count_nonzero(~grouped))
    note = f"left out for want of a group: {left:,} of {len(grouped):,} ties" if left else ""
    first, second = first[grouped], second[grouped]
    if not len(first):
        return Figure(None, "no tie is between nodes that have a group")
    same = float(np.mean(first == second))
    if not network.directed:
        first, second = np.concatenate([first, second]), np.concatenate([second, first])
    width = int(max(first.max(), second.max())) + 1
    before, after = (np.bincount(ends, minlength=width) / len(ends) for ends in (first, second))
    chance = float(before @ after)
    if np.isclose(chance, 1):
        return Figure(None, "all ties are within one group")
    return Figure((same - chance) / (1 - chance), note)


MEASURE = WholeGroupMeasure(
    name="group-assortativity",
    label="Assortativity by group",
    modes=EITHER,
    uses=Uses.NOTHING,
    compute=group_assortativity,
    meaning="how far ties keep to one group: 0 as by chance, 1 always",
    formula="(sum of e(g, g) - sum of a(g) b(g)) / (1 - sum of a(g) b(g)), e the shares of the ties between groups",
    normalisation="0 is chance; at most 1",
    direction="followed",
    complexity="O(n + m)",
    source="M. E. J. Newman, Mixing patterns in networks, Physical Review E 67 (2003)",
    doi="10.1103/PhysRevE.67.026126",
)
