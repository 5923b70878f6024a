"""Numbers of steps from nodes to all others: the ground of average path, diameter and centralisation of closeness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csgraph

from coopgraph.network.engines.prepared import prepared
from coopgraph.network.whole.components import largest

if TYPE_CHECKING:
    from scipy import sparse

    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.network import Network

# How many nodes and ties are looked at before a sample of the nodes has to do: some seconds of work.
_BUDGET: Final = 600_000_000
_FEWEST: Final = 20
SEED: Final = 0


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """For each node that paths were followed from: the sum of steps to all others, and the most steps to any.

    All is about the largest component (strong, if ties have a direction), which has `size` of the network's nodes. If
    it was too large, the nodes are a sample.
    """

    size: int
    total: Floats
    farthest: Indices

    @property
    def complete(self) -> bool:
        """Whether paths were followed from every node."""
        return len(self.total) == self.size

    @property
    def paths(self) -> int:
        """The number of ordered pairs of nodes that the sums are about."""
        return len(self.total) * (self.size - 1)


def sweep(network: Network) -> Sweep:
    """Follow the paths of the network; made once for each network."""
    return prepared(network, "sweep", _sweep)


def _sweep(network: Network) -> Sweep:
    nodes = largest(network, "strong" if network.directed else "weak")
    ties = network.adjacency()[nodes][:, nodes].tocsr()
    size = len(nodes)
    sources = np.arange(size)
    affordable = max(_FEWEST, _BUDGET // max(1, size + ties.nnz))
    if affordable < size:
        sources = np.sort(np.random.default_rng(SEED).choice(size, affordable, replace=False))
    levels = [_levels(ties, int(source)) for source in sources]
    return Sweep(
        size=size,
        total=np.array([steps @ np.arange(len(steps)) for steps in levels], dtype=np.float64),
        farthest=np.array([len(steps) - 1 for steps in levels], dtype=np.int32),
    )


def _levels(ties: sparse.csr_array, source: int) -> Indices:
    """How many nodes are 0, 1, 2 and so on steps from the source."""
    order, before = csgraph.breadth_first_order(ties, source, directed=True, return_predecessors=True)
    place = np.empty(len(before), dtype=np.int32)
    place[order] = np.arange(len(order))
    # Nodes come in the order of their distance, and so do those they were found from: a level ends where those end.
    parent = place[before[order[1:]]]
    ends = [1]
    while ends[-1] < len(order):
        ends.append(1 + int(np.searchsorted(parent, ends[-1])))
    return np.diff(np.array([0, *ends]))
