"""The registry: every measure is found, states what a report needs, and is refused where it is not defined."""

from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.network import measures, whole
from coopgraph.network.measures.measure import Best
from coopgraph.network.measures.registry import GROUP_MEASURES, MEASURES, chosen, measure
from coopgraph.network.network import Mode
from coopgraph.network.whole.registry import WHOLE, WHOLE_GROUP

EVERY = (*MEASURES, *GROUP_MEASURES, *WHOLE, *WHOLE_GROUP)


def docstring(item: Any) -> str:
    function = item.function if item in (*MEASURES, *GROUP_MEASURES) else item.compute
    text = inspect.getdoc(function.func if isinstance(function, partial) else function) or ""
    return " ".join(text.split())


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.name)
def test_a_measure_states_what_a_report_needs(item: Any) -> None:
    for fact in ("label", "meaning", "formula", "normalisation", "direction", "complexity", "source"):
        assert getattr(item, fact), fact
        assert getattr(item, fact).strip() == getattr(item, fact), fact
    assert item.modes
    assert not item.doi or item.doi.startswith("10.")


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.name)
def test_the_docstring_states_the_same(item: Any) -> None:
    text = docstring(item)
    for part in ("Formula:", "Direction:", "Complexity:", "References:"):
        assert part in text, part
    reads = f"Reads `{item.uses.value}`" if item.uses.value != "nothing" else "Reads neither strength nor distance"
    assert (
        reads in text or f"lengths taken from `{item.uses.value}`" in text or f"attribute `{item.uses.value}`" in text
    )


def test_names_are_unique() -> None:
    names = [item.name for item in EVERY]
    assert len(set(names)) == len(names)
    labels = [item.label for item in EVERY]
    assert len(set(labels)) == len(labels)


def test_only_constraint_is_best_when_low() -> None:
    assert {item.name for item in MEASURES if item.best is Best.LOWEST} == {"constraint"}


@pytest.mark.parametrize("package", [measures, whole])
def test_every_file_with_a_measure_is_registered(package: Any) -> None:
    registered = {
        inspect.getfile(function.func if isinstance(function, partial) else function)
        for item in EVERY
        for function in [item.function if item in (*MEASURES, *GROUP_MEASURES) else item.compute]
    }
    (room,) = package.__path__
    stating = {
        str(file)
        for file in Path(room).glob("*.py")
        if file.name != "measure.py" and any(f"{kind}(\n" in file.read_text() for kind in ("Measure", "GroupMeasure"))
    }
    assert stating <= registered
    assert len(stating) >= 10


def test_measures_are_found_by_name() -> None:
    assert [measure(item.name) for item in MEASURES] == list(MEASURES)
    with pytest.raises(CoopgraphError, match="no measure 'fame'") as caught:
        measure("fame")
    assert caught.value.code == "not-found"
    assert "There are " in caught.value.remedy


def test_measures_are_chosen_in_the_order_of_the_registry() -> None:
    found = chosen(["two-mode-degree", "katz", "degree", "katz"], Mode.ONE_MODE)
    assert [item.name for item in found] == ["degree", "katz", "two-mode-degree"]


@pytest.mark.parametrize(
    ("name", "mode"), [("hubs", Mode.ONE_MODE), ("eigenvector", Mode.DIRECT), ("degree", Mode.TWO_MODE)]
)
def test_a_measure_is_refused_where_it_is_not_defined(name: str, mode: Mode) -> None:
    with pytest.raises(CoopgraphError) as caught:
        chosen([name], mode)
    assert caught.value.code == "request"
    assert measure(name).label in caught.value.detail
