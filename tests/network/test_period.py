"""Slices of time with dates that are partial or missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network.days import first_day, iso, last_day
from coopgraph.network.period import placed
from tests.network import affiliated

day = st.dates(date(2019, 12, 1), date(2020, 3, 1))
edge = st.none() | day
bounds = st.lists(st.tuples(edge, edge).filter(lambda pair: None in pair or pair[0] <= pair[1]), max_size=12)


def made(dates: list[tuple[date | None, date | None]]) -> affiliated.Affiliations:
    rows = affiliated.affiliations([("a", f"E{number:02}", "d") for number in range(len(dates))])
    first, last = (np.array([pair[side] for pair in dates], dtype="datetime64[D]") for side in (0, 1))
    return replace(rows, first=first, last=last)


@given(bounds, edge, edge)
def test_every_row_is_somewhere_and_only_there(dates: list, since: date | None, until: date | None) -> None:
    places = placed(made(dates), since, until)
    low, high = since or date.min, until or date.max
    for number, (first, last) in enumerate(dates):
        begun, ended = first or date.min, last or date.max
        if first is None and last is None:
            expected = "undated"
        elif ended < low or begun > high:
            expected = "outside"
        elif begun >= low and ended <= high:
            expected = "certain"
        else:
            expected = "possible"
        assert [name for name in ("certain", "possible", "outside", "undated") if getattr(places, name)[number]] == [
            expected
        ]
    counts = places.counts()
    assert counts.certain + counts.possible + counts.outside + counts.undated == len(dates)


@given(bounds, day, day)
def test_what_is_certain_for_a_period_is_certain_for_a_longer_one(dates: list, since: date, until: date) -> None:
    rows = made(dates)
    inner = placed(rows, since, until).certain
    for longer in (placed(rows, None, until), placed(rows, since, None), placed(rows, None, None)):
        assert not (inner & ~longer.certain).any()


@given(bounds, day)
def test_a_cut_gives_every_dated_row_to_at_most_one_side(dates: list, cut: date) -> None:
    rows = made(dates)
    before, after = placed(rows, None, cut), placed(rows, date.fromordinal(cut.toordinal() + 1), None)
    assert not (before.certain & after.certain).any()
    # Who is not certain on either side lies across the cut.
    across = ~(before.certain | after.certain | before.undated)
    assert np.array_equal(across, before.possible & after.possible)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-12-09", "2024-12-09", "2024-12-09"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-09-18Z", "2025-09-18", "2025-09-18"),
        ("2025+07:00", "2025-01-01", "2025-12-31"),
        ("2025-02-30", "", ""),
        ("2025-13", "", ""),
        ("recently", "", ""),
        ("", "", ""),
    ],
)
def test_a_partial_date_is_all_its_days(text: str, first: str, last: str) -> None:
    assert (iso(first_day(text)), iso(last_day(text))) == (first, last)
