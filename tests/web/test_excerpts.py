"""The place of a mistake: found whatever the text, and never wrong by a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.web.excerpts import excerpt


@given(st.lists(st.text(st.characters(exclude_characters="\n\r"), max_size=20), min_size=1, max_size=6), st.data())
def test_the_marked_character_is_the_one_at_the_place(lines: list[str], data: st.DataObject) -> None:
    line = data.draw(st.integers(1, len(lines)))
    column = data.draw(st.integers(1, len(lines[line - 1]) + 1))
    text = data.draw(st.sampled_from(["\n", "\r\n"])).join(lines)
    place = excerpt(text, line, column)
    if not text:
        assert place is None
        return
    assert place is not None
    assert (place.number, place.head) == (line, lines[line - 1][: column - 1])
    assert place.mark == (lines[line - 1][column - 1 : column] or " ")
    assert place.tail == lines[line - 1][column:]
    assert place.before == tuple((number + 1, lines[number]) for number in range(max(0, line - 3), line - 1))


@pytest.mark.parametrize(("text", "line"), [("", 1), ("a", 2), ("a", 0), ("a", None)])
def test_where_there_is_no_place_nothing_is_shown(text: str, line: int | None) -> None:
    assert excerpt(text, line, 1) is None


def test_long_lines_are_shown_around_the_place() -> None:
    place = excerpt("x" * 1000 + "!" + "y" * 1000, 1, 1001)
    assert place is not None
    assert place.mark == "!"
    assert len(place.head) < 200
    assert len(place.tail) < 200
