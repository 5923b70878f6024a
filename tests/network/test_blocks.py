"""Rows of a product of matrices, some at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from coopgraph.network import blocks


@given(st.integers(0, 12), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_blocks_are_complete_and_bounded(rows: int, held: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    left, right = (sparse.csr_array((generator.random(shape) < 0.4).astype(float)) for shape in ((rows, 7), (7, 9)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_HELD", held)
        found = blocks.blocks(left, right)
    assert [row for block in found for row in range(rows)[block]] == list(range(rows))
    for block in found:
        # Beyond the first row, which may be as large as it is.
        assert _ways(left[block.start + 1 : block.stop], right) <= held


def _ways(left: sparse.csr_array, right: sparse.csr_array) -> int:
    return int(np.diff(right.indptr)[left.indices].sum())
