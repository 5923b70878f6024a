"""The tables of measures in the README are the generated ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from coopgraph.network.measures.registry import GROUP_MEASURES, MEASURES
from coopgraph.network.network import Mode
from coopgraph.network.whole.registry import WHOLE, WHOLE_GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.network.measures.measure import Described

HEAD: Final = ("name", "what it says", "networks", "reads", "normalisation")
README = Path(__file__).resolve().parents[3] / "README.md"


def table(measures: Iterable[Described]) -> str:
    """A Markdown table with one row for each of these measures."""
    lines = [HEAD, ("---",) * len(HEAD), *map(row, measures)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def row(measure: Described) -> tuple[str, ...]:
    """The cells of a measure, in the order of the head."""
    everywhere = set(measure.modes) == set(Mode)
    cells = (
        f"`{measure.name}`",
        measure.meaning,
        "all" if everywhere else ", ".join(measure.modes),
        measure.uses.value,
        measure.normalisation,
    )
    return tuple(cell.replace("|", r"\|") for cell in cells)


@pytest.mark.parametrize(
    "measures", [MEASURES, GROUP_MEASURES, (*WHOLE, *WHOLE_GROUP)], ids=["nodes", "groups", "whole"]
)
def test_the_tables_of_the_readme(measures: tuple[Described, ...]) -> None:
    assert table(measures) in README.read_text(encoding="utf-8")
