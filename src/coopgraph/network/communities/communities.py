"""What a search for communities has found, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from coopgraph.network.arrays import Counts, Floats, Indices


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Communities:
    """One community for each node, numbered by size (0 is the largest; of equal ones that of the smallest node first).

    `share` says for each node how sure its place is: the share of runs that put it together with another member of its
    community, averaged over those members that it has a tie to; 1 for a node without ties. `agreement` is the mean
    adjusted Rand index over all pairs of runs: 1 if all runs found the same, 0 if they agree as chance would have it.
    `modularity` is that of the consensus at this `resolution` (None without ties). `between` holds, for each pair of
    communities, the sum of the strengths of the ties between them, and inside them on the diagonal; None if there are
    more than `MATRIX` communities.
    """

    partition: Indices
    share: Floats
    agreement: float
    modularity: float | None
    resolution: float
    seeds: int
    first_seed: int
    method: str
    between: Floats | None

    def __len__(self) -> int:
        return int(self.partition.max()) + 1 if len(self.partition) else 0

    @property
    def sizes(self) -> Counts:
        """The number of nodes of each community."""
        return np.bincount(self.partition, minlength=len(self)).astype(np.int32)

    def members(self, community: int) -> Indices:
        """The indices of the nodes of a community, in order."""
        return np.flatnonzero(self.partition == community).astype(np.int32)
