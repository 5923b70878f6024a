"""Literals from cells."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.curate import values


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_day_bounds_itself_and_lies_within_its_month_and_year(day: datetime.date) -> None:
    text = day.isoformat()
    assert values.bounds(text) == (day, day)
    for part in (text[:7], text[:4]):
        first, last = values.bounds(part)
        assert first <= day <= last
        assert first.day == 1


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_decimal_keeps_its_value_in_one_spelling(number: object) -> None:
    literal = values.literal(f"{number:f}", "", values.DECIMAL)
    assert float(literal.value) == pytest.approx(float(str(number)))
    assert values.literal(literal.value, "", values.DECIMAL) == literal
    assert not literal.value.endswith((".", ".0"))


@pytest.mark.parametrize("text", ["", "1e3", "NaN", "Infinity", "five"])
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        values.literal(text, "", values.DECIMAL)


@pytest.mark.parametrize(("text", "datatype"), [("2031", "gYear"), ("2031-05", "gYearMonth"), ("2031-05-05", "date")])
def test_dates_keep_their_precision(text: str, datatype: str) -> None:
    assert values.date(text).datatype.value.endswith(datatype)


def test_booleans_and_languages() -> None:
    assert values.literal("true", "", values.BOOLEAN).value == "true"
    with pytest.raises(ValueError, match="neither"):
        values.literal("yes", "", values.BOOLEAN)
    with pytest.raises(ValueError, match="takes no language"):
        values.literal("true", "en", values.BOOLEAN)
