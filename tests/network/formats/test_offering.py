"""Network files: what is written is read back as the same network, and what is not is never handed over."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.errors import CoopgraphError
from coopgraph.network.formats import FORMATS, named, offer
from coopgraph.network.formats.sheet import Column, Kind
from coopgraph.network.network import Mode
from coopgraph.network.projections.naming import one_line
from tests.network.formats import made

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.network.formats.form import Form

EVERY = [pytest.param(form, id=form.name) for form in FORMATS.values()]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("form", EVERY)
def test_every_mode_survives_and_is_the_same_every_time(form: Form, mode: Mode, tmp_path: Path) -> None:
    for name in ("first", "second"):
        offer(made.sheet(mode), form, tmp_path / name)
    first = (tmp_path / "first").read_bytes()
    assert first == (tmp_path / "second").read_bytes()
    assert first


@pytest.mark.parametrize("form", EVERY)
def test_nobody_and_nothing_are_networks_too(form: Form, tmp_path: Path) -> None:
    offer(made.sheet(made=made.network(ties=())), form, tmp_path / "isolates")
    offer(made.sheet(made=made.network(ties=(), labels=())), form, tmp_path / "empty")


labels = st.text(min_size=1, max_size=12).map(one_line).filter(bool)
weights = st.floats(min_value=1e-300, max_value=1e300)


@settings(max_examples=30)
@given(
    st.lists(labels, min_size=6, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), weights), max_size=8),
    st.sampled_from(list(Mode)),
)
def test_any_labels_in_any_script_and_any_strengths_survive(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], drawn: list[tuple[int, int, float]], mode: Mode
) -> None:
    ties = sorted({(min(a, b), max(a, b)): (min(a, b), max(a, b), value) for a, b, value in drawn if a != b}.values())
    sheet = made.sheet(made=made.network(mode, ties, names))
    directory = tmp_path_factory.mktemp("files")
    for form in FORMATS.values():
        offer(sheet, form, directory / form.extension)


KEEPING_TYPES = ("graphml", "gexf", "gexf-dynamic", "cx2", "graphology", "network.json")


@pytest.mark.parametrize("name", KEEPING_TYPES)
def test_an_attribute_of_two_types_is_not_handed_over(name: str, tmp_path: Path) -> None:
    sheet = made.sheet()
    mixed = Column("events", Kind.WHOLE, "", [1, 2.0, 3, 4])
    spoilt = dataclasses.replace(sheet, ties=tuple(mixed if one.name == "events" else one for one in sheet.ties))
    with pytest.raises(CoopgraphError, match="read back") as caught:
        offer(spoilt, named(name), tmp_path / "file")
    assert caught.value.code == "internal"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["graphml", "pajek"])
def test_a_label_that_a_format_would_change_is_not_handed_over(name: str, tmp_path: Path) -> None:
    spoilt = made.sheet(made=made.network(labels=("a\r\nb", *made.LABELS[1:])))
    with pytest.raises(CoopgraphError, match="read back"):
        offer(spoilt, named(name), tmp_path / "file")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", EVERY)
def test_a_file_that_loses_or_changes_a_line_is_noticed(form: Form, tmp_path: Path) -> None:
    def lossy(sheet: object, path: Path) -> None:
        form.write(sheet, path)  # type: ignore[arg-type]
        lines = path.read_bytes().splitlines(keepends=True)
        # The last line that holds a number of its own: a tie, or the last node.
        place = max(number for number, line in enumerate(lines) if any(48 <= sign < 58 for sign in line))
        path.write_bytes(b"".join(lines[:place] + lines[place + 1 :]))

    with pytest.raises(CoopgraphError, match="read back"):
        offer(made.sheet(), dataclasses.replace(form, write=lossy), tmp_path / "file")


def test_a_format_that_is_read_whole_refuses_more_ties_than_it_says(tmp_path: Path) -> None:
    small = dataclasses.replace(named("cx2"), most=3)
    with pytest.raises(CoopgraphError, match="at most 3 ties; this network has 4") as caught:
        offer(made.sheet(), small, tmp_path / "file")
    assert caught.value.code == "too-large"


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(CoopgraphError, match="dot"):
        named("dot")


def test_companions_exist_and_complete_what_a_format_loses() -> None:
    for form in FORMATS.values():
        assert set(form.companions) <= set(FORMATS)
        assert form.name not in form.companions
        assert form.loses
    assert len({form.extension for form in FORMATS.values()}) == len(FORMATS)


def test_arrays_are_walked_through_as_plain_values() -> None:
    values = list(Column("x", Kind.REAL, "", np.arange(3, dtype=np.float64)).plain())
    assert [type(value) for value in values] == [float, float, float]
