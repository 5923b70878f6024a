"""Triangles: three nodes of which each is tied to both others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from coopgraph.network.blocks import blocks

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats


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
    for rows in blocks(out, out):
        # Row i, column k: how many j with i → j → k; counted where i → k closes the triangle.
        first_and_last = (out[rows] @ out).multiply(out[rows]).tocoo()
        counts[rows] += np.bincount(first_and_last.row, first_and_last.data, minlength=rows.stop - rows.start)
        counts += np.bincount(first_and_last.col, first_and_last.data, minlength=len(counts))
    inwards = out.T.tocsr()
    for rows in blocks(inwards, out):
        # Row j, column k: how many i with i → j and i → k, where j → k.
        counts[rows] += (inwards[rows] @ out).multiply(out[rows]).sum(axis=1)
    return counts
