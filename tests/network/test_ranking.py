"""Ranks of arrays."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network import ranking
from coopgraph.network.network import Mode
from tests.network.affiliated import reported

_VALUES = st.lists(st.tuples(st.floats(0, 5) | st.just(float("nan")), st.integers(0, 2)), max_size=30)


def test_equal_values_share_the_best_rank() -> None:
    assert ranking.ranked(np.array([3.0, 2.0, 2.0, 1.0])).tolist() == [1, 2, 2, 4]


def test_floating_point_noise_breaks_no_tie() -> None:
    assert ranking.ranked(np.array([0.1 + 0.2, 0.3, -1e-12, 0.0])).tolist() == [1, 1, 3, 3]


def test_what_is_absent_has_no_rank() -> None:
    assert ranking.ranked(np.array([np.nan, 1.0, np.nan])).tolist() == [0, 1, 0]
    assert ranking.ranked(np.array([])).tolist() == []


@given(_VALUES)
def test_a_rank_is_one_more_than_the_number_of_higher_values_of_the_group(values: list[tuple[float, int]]) -> None:
    column, groups = np.array([value for value, _ in values]), np.array([group for _, group in values], dtype=np.int32)
    shown = ranking.published(column)
    for value, group, rank in zip(shown, groups, ranking.ranked(column, groups), strict=True):
        assert rank == (0 if np.isnan(value) else 1 + np.count_nonzero((shown > value) & (groups == group)))


def test_actors_are_not_ranked_among_events() -> None:
    made = reported({"x": "ab", "y": "a"})
    assert dict(zip(made.nodes.iri, ranking.groups(made, Mode.TWO_MODE).tolist(), strict=True)) == {
        "a": 0,
        "b": 0,
        "x": 1,
        "y": 1,
    }
    assert ranking.groups(made, Mode.DIRECT).tolist() == [0, 0, 0, 0]
