"""Products of large sparse matrices, some rows at a time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

# Entries of a product that are held at the same time: some hundred megabytes.
_HELD: Final = 20_000_000


def blocks(left: sparse.csr_array, right: sparse.csr_array) -> list[slice]:
    """Stretches of rows of `left`, in order and complete, whose products with `right` are of bounded size.

    A row of the product has at most as many entries as there are ways to it; a single row may be larger than the bound.
    """
    ways = np.diff(right.indptr)[left.indices]
    before = np.concatenate([[0], np.cumsum(ways, dtype=np.int64)])[left.indptr]
    ends = np.flatnonzero(np.diff(before[1:] // _HELD)) + 1
    edges = [0, *ends.tolist(), left.shape[0]]
    return [slice(start, stop) for start, stop in pairwise(edges) if stop > start]
