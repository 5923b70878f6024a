"""Triangles: three nodes of which each is tied to both others."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats

# Entries of a product of matrices that are held at the same time, at most.
_HELD: Final = 20_000_000


def triangles(ties: sparse.csr_array) -> Floats:
    """The number of triangles through each node of a symmetric matrix of ones.

    Every tie is given the direction from the node of fewer ties to that of more. Then no node has many ties that go
    out, and each triangle is found once, from its first node: O(m^1.5).
    """
    degree = np.diff(ties.indptr)
    rank = np.empty(len(degree), dtype=np.int64)
    rank[np.lexsort((np.arange(len(degree)), degree))] = np.arange(len(degree))
    found = ties.tocoo()
    upward = rank[found.row] < rank[found.col]
    ends = found.row[upward], found.col[upward]
    out = sparse.csr_array((np.ones(len(ends[0])), ends), shape=ties.shape)
    counts = np.zeros(len(degree))
    for rows in _blocks(out):
        # Row i, column k: how many j with i → j → k; counted where i → k closes the triangle.
        first_and_last = (out[rows] @ out).multiply(out[rows]).tocoo()
        counts[rows] += np.bincount(first_and_last.row, first_and_last.data, minlength=rows.stop - rows.start)
        counts += np.bincount(first_and_last.col, first_and_last.data, minlength=len(counts))
    inwards = out.T.tocsr()
    for rows in _blocks(inwards, out):
        # Row j, column k: how many i with i → j and i → k, where j → k.
        counts[rows] += (inwards[rows] @ out).multiply(out[rows]).sum(axis=1)
    return counts


def _blocks(left: sparse.csr_array, right: sparse.csr_array | None = None) -> list[slice]:
    """Stretches of rows of `left` whose product with `right` does not take more room than is given."""
    lengths = np.diff((left if right is None else right).indptr)
    room = np.zeros(left.shape[0])
    np.add.at(room, np.repeat(np.arange(left.shape[0]), np.diff(left.indptr)), lengths[left.indices])
    ends = np.flatnonzero(np.diff(np.cumsum(room) // _HELD)) + 1
    edges = [0, *ends.tolist(), left.shape[0]]
    return [slice(start, stop) for start, stop in pairwise(edges) if stop > start]
