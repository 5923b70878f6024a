"""Intervals of ranks over runs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from coopgraph.network.uncertainty.carry_out import rank_intervals
from coopgraph.network.uncertainty.intervals import intervals

_RANKS = arrays.arrays(np.int32, arrays.array_shapes(min_dims=2, max_dims=2, max_side=12), elements=st.integers(0, 9))


def test_a_hundred_runs() -> None:
    ranks = np.arange(1, 101, dtype=np.int32)[:, np.newaxis]
    found = intervals(ranks)
    # 2.5 of 100 runs lie at either end: at least 2.5 % are at or below rank 3, at least 97.5 % at or below rank 98.
    assert (found.best[0], found.low[0], found.high[0], found.worst[0]) == (1, 3, 98, 100)
    assert intervals(ranks, level=0.5).low[0] == 25


def test_absence_is_counted_and_given_no_rank() -> None:
    found = intervals(np.array([[0, 3], [0, 0], [2, 0], [4, 0]], dtype=np.int32))
    assert found.best.tolist() == [2, 3]
    assert found.worst.tolist() == [4, 3]
    assert found.missing.tolist() == [2, 3]
    assert found.present.tolist() == [0.5, 0.25]
    assert found.open.tolist() == [True, True]


def test_few_absences_leave_an_interval_closed() -> None:
    ranks = np.ones((200, 2), dtype=np.int32)
    ranks[:5, 0], ranks[:6, 1] = 0, 0
    assert intervals(ranks).open.tolist() == [False, True]


def test_who_is_never_there_has_no_interval() -> None:
    found = intervals(np.zeros((3, 1), dtype=np.int32))
    assert (found.best[0], found.low[0], found.high[0], found.worst[0], found.missing[0]) == (0, 0, 0, 0, 3)


@given(_RANKS, st.sampled_from([0.5, 0.9, 0.95]))
def test_bounds_are_in_order_and_hold_what_they_promise(ranks: np.ndarray, level: float) -> None:
    found = intervals(ranks, level)
    for node in range(ranks.shape[1]):
        seen = ranks[:, node][ranks[:, node] > 0]
        assert found.missing[node] == len(ranks) - len(seen)
        if not len(seen):
            continue
        bounds = [found.best[node], found.low[node], found.high[node], found.worst[node]]
        assert bounds == sorted(bounds)
        assert set(bounds) <= set(seen.tolist())
        assert (bounds[0], bounds[3]) == (seen.min(), seen.max())
        inside = np.count_nonzero((seen >= found.low[node]) & (seen <= found.high[node]))
        assert inside >= level * len(seen) - 1e-9


@given(_RANKS)
def test_the_order_of_runs_is_of_no_account_nor_are_blocks(ranks: np.ndarray) -> None:
    one, other = intervals(ranks), intervals(ranks[::-1])
    [again] = rank_intervals(tuple(row[np.newaxis, :] for row in ranks))
    for name in ("best", "worst", "low", "high", "missing"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist() == getattr(again, name).tolist()


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_is_a_share(level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        intervals(np.ones((1, 1), dtype=np.int32), level)
