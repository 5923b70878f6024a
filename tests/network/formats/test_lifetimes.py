"""When nodes are there: as long as their ties, and open where a tie is."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network.formats.lifetimes import as_text, of_nodes

NAT = np.datetime64("NaT")


def test_a_node_is_dated_only_where_all_its_ties_are() -> None:
    first = np.array(["2020-01-01", "2019-06-30", "NaT"], dtype="datetime64[D]")
    last = np.array(["2020-12-31", "NaT", "NaT"], dtype="datetime64[D]")
    ends = np.array([0, 0, 3], dtype=np.int32), np.array([1, 2, 4], dtype=np.int32)
    begins, finishes = of_nodes(6, *ends, first, last)
    assert as_text(begins) == ["2019-06-30", "2020-01-01", "2019-06-30", "", "", ""]
    assert as_text(finishes) == ["", "2020-12-31", "", "", "", ""]


days = st.one_of(st.none(), st.integers(-30000, 30000))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), days, days), max_size=12))
def test_no_tie_outlasts_its_ends(ties: list[tuple[int, int, int | None, int | None]]) -> None:
    source, target = (np.array([tie[end] for tie in ties], dtype=np.int32) for end in (0, 1))
    bounds = [
        np.array([NAT if tie[end] is None else np.datetime64(tie[end], "D") for tie in ties], dtype="datetime64[D]")
        for end in (2, 3)
    ]
    begins, finishes = of_nodes(6, source, target, *bounds)
    for ends in (source, target):
        for node, first, last in zip(ends, *bounds, strict=True):
            assert np.isnat(begins[node]) if np.isnat(first) else np.isnat(begins[node]) or begins[node] <= first
            assert np.isnat(finishes[node]) if np.isnat(last) else np.isnat(finishes[node]) or finishes[node] >= last
