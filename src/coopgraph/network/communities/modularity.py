"""Modularity: how much more strength lies inside communities than chance would put there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from coopgraph.network.arrays import Indices
    from coopgraph.network.communities.ties import Ties


def modularity(ties: Ties, partition: Indices, resolution: float) -> float | None:
    """Newman's modularity of a partition, weighted; None without ties.

    Formula: sum over communities c of L(c) / W - g (S(c) / 2 W)^2, with W the sum of all strengths, L(c) that of the
    ties inside c, S(c) the sum of the strengths of the nodes of c, and g the resolution: more gives smaller
    communities, 1 is Newman's. Direction is left out. At most 1; 0 when everything is one community.

    References:
        M. E. J. Newman, Analysis of weighted networks, Physical Review E 70 (2004), doi:10.1103/PhysRevE.70.056131.
        J. Reichardt, S. Bornholdt, Statistical mechanics of community detection, Physical Review E 74 (2006),
        doi:10.1103/PhysRevE.74.016110.
    """
    total = ties.weight.sum()
    if not total:
        return None
    first, second = partition[ties.source], partition[ties.target]
    inside = ties.weight[first == second].sum()
    strength = np.bincount(first, weights=ties.weight, minlength=int(partition.max()) + 1)
    strength += np.bincount(second, weights=ties.weight, minlength=len(strength))
    return float(inside / total - resolution * np.square(strength / (2 * total)).sum())
