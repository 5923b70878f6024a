"""Communities that many seeds agree on."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from coopgraph.network.communities.agreement import mean_agreement, most_agreeing
from coopgraph.network.communities.communities import Communities
from coopgraph.network.communities.modularity import modularity
from coopgraph.network.communities.ties import Ties

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.network.arrays import Floats, Indices, Mask
    from coopgraph.network.network import Network

    Search = Callable[[Ties, float, int], Indices]

METHOD: Final = "Leiden (Traag et al. 2019), consensus over seeds (Lancichinetti and Fortunato 2012)"
SEEDS: Final = 20
# Ties above which so many seeds would take minutes, and how many there are then.
MANY_TIES: Final = 200_000
FEWER_SEEDS: Final = 5
# A tie is kept where at least this share of the runs puts its ends together.
MAJORITY: Final = 0.5
# Rounds within which the runs nearly always come to agree on everything.
_ROUNDS: Final = 10
# Communities up to which the sums of strengths between them are given.
MATRIX: Final = 500


def consensus(network: Network, *, seeds: int = SEEDS, resolution: float = 1.0, first_seed: int = 0) -> Communities:
    """The communities of a network as a consensus over the seeds `first_seed`, `first_seed` + 1, ...

    Every seed finds a partition of its own. Each tie is then weighed by the share of the partitions that put its ends
    together, ties of a minority are dropped (a node keeps its best one), and the seeds run again on what is left,
    until they agree on every tie; the communities are the components of the ties that are left. If they never agree,
    the partition that agrees best with the others is taken. Only existing ties are weighed, not all pairs as in the
    original, so that time and memory grow with the number of ties. Reads strength; direction is left out. Components
    that are not connected are never put together.

    Raises:
        ValueError: if there is no seed.

    References:
        A. Lancichinetti, S. Fortunato, Consensus clustering in complex networks, Scientific Reports 2 (2012) 336,
        doi:10.1038/srep00336.
        A. Tandon, A. Albeshri, V. Thayananthan, W. Alhalabi, S. Fortunato, Fast consensus clustering in complex
        networks, Physical Review E 99 (2019) 042301, doi:10.1103/PhysRevE.99.042301.
    """
    if seeds < 1:
        raise ValueError("communities need at least one seed")
    ties = Ties.of(network)
    # networkit is loaded by whoever searches, not by whoever could.
    search: Search = import_module("coopgraph.network.communities.leiden").leiden
    runs = [search(ties, resolution, seed) for seed in range(first_seed, first_seed + seeds)]
    together = _together(ties, runs)
    partition = _by_size(_settled(ties, runs, search, resolution, first_seed))
    return Communities(
        partition=partition,
        share=_share(ties, together, partition),
        agreement=mean_agreement(runs),
        modularity=modularity(ties, partition, resolution),
        resolution=resolution,
        seeds=seeds,
        first_seed=first_seed,
        method=METHOD,
        between=_between(ties, partition),
    )


def seeds_for(network: Network) -> int:
    """The number of seeds that a network of this size can be given within about half a minute."""
    return SEEDS if network.m <= MANY_TIES else FEWER_SEEDS


def _settled(ties: Ties, runs: list[Indices], search: Search, resolution: float, first_seed: int) -> Indices:
    """The partition that the runs come to agree on."""
    for _ in range(_ROUNDS):
        share = _together(ties, runs)
        ties = ties.weighing(share, _kept(ties, share))
        if (ties.weight == 1.0).all():
            return _components(ties)
        runs = [search(ties, resolution, first_seed + number) for number in range(len(runs))]
    return runs[most_agreeing(runs)]


def _together(ties: Ties, runs: list[Indices]) -> Floats:
    """For each tie the share of the runs that put its ends together."""
    counts = np.zeros(len(ties))
    for partition in runs:
        counts += partition[ties.source] == partition[ties.target]
    return counts / len(runs)


def _kept(ties: Ties, share: Floats) -> Mask:
    """The ties of a majority, and for each node the best of its ties if any run put it together with anyone."""
    best = np.zeros(ties.n)
    np.maximum.at(best, ties.source, share)
    np.maximum.at(best, ties.target, share)
    is_best = (share == best[ties.source]) | (share == best[ties.target])
    kept: Mask = (share >= MAJORITY) | (is_best & (share > 0))
    return kept


def _components(ties: Ties) -> Indices:
    shape = (ties.n, ties.n)
    matrix = sparse.csr_array((np.ones(len(ties)), (ties.source, ties.target)), shape=shape)
    found: Indices = connected_components(matrix, directed=False)[1]
    return found


def _by_size(partition: Indices) -> Indices:
    """The same partition, numbered by size; of equal communities that of the smallest node comes first."""
    _, first, place, sizes = np.unique(partition, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(order), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    renumbered: Indices = number[place]
    return renumbered


def _share(ties: Ties, together: Floats, partition: Indices) -> Floats:
    """For each node the mean of `together` over its ties inside its community; alone, of its being apart."""
    inside = partition[ties.source] == partition[ties.target]
    ends = np.concatenate([ties.source, ties.target])
    inner = np.concatenate([inside, inside])
    value = np.concatenate([together, together])
    members = np.bincount(ends[inner], minlength=ties.n)
    neighbours = np.bincount(ends, minlength=ties.n)
    share = np.ones(ties.n)
    alone = (members == 0) & (neighbours > 0)
    summed = np.bincount(ends, weights=value, minlength=ties.n)
    share[alone] = 1 - summed[alone] / neighbours[alone]
    summed = np.bincount(ends[inner], weights=value[inner], minlength=ties.n)
    share[members > 0] = summed[members > 0] / members[members > 0]
    return share


def _between(ties: Ties, partition: Indices) -> Floats | None:
    count = int(partition.max()) + 1 if len(partition) else 0
    if count > MATRIX:
        return None
    found = np.zeros((count, count))
    np.add.at(found, (partition[ties.source], partition[ties.target]), ties.weight)
    across = found - np.diag(np.diag(found))
    matrix: Floats = np.diag(np.diag(found)) + across + across.T
    return matrix
