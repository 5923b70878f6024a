"""The ties that shortest paths can use: in a dense network most ties are longer than a way around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats

_CENTRES: Final = 4
# Among fewer ties, looking for ways around takes longer than it saves.
_MANY: Final = 20_000


def short(lengths: sparse.csr_array, *, directed: bool) -> sparse.csr_array:
    """The matrix without the ties that are longer than the way around through one of a few central nodes.

    Such a tie lies on no shortest path: every distance and every shortest path is the same without it. `lengths` holds
    the length of the tie from each row to each column; it is symmetric unless `directed`. Where large meetings make
    most of the ties, one in twenty is left; where ties are few and alike, most.

    References:
        A. V. Goldberg, C. Harrelson, Computing the shortest path: A* search meets graph theory, SODA 2005, 156-165
        (bounds on distances by way of landmarks).
    """
    if lengths.nnz <= _MANY:
        return lengths
    ties = lengths.tocoo()
    centres = _central(ties)
    away = csgraph.dijkstra(lengths, indices=centres)
    towards = csgraph.dijkstra(lengths.T, indices=centres) if directed else away
    around: Floats = np.full(ties.nnz, np.inf)
    for there, on in zip(towards, away, strict=True):
        np.minimum(around, there[ties.row] + on[ties.col], out=around)
    kept = ties.data <= around
    return sparse.csr_array((ties.data[kept], (ties.row[kept], ties.col[kept])), shape=lengths.shape)


def _central(ties: sparse.coo_array) -> list[int]:
    """The nodes whose ties are strongest taken together, a tie being the stronger the shorter it is."""
    strength = sum(np.bincount(ends, 1 / ties.data, ties.shape[0]) for ends in (ties.row, ties.col))
    found: list[int] = np.argsort(-strength, kind="stable")[:_CENTRES].tolist()
    return found
