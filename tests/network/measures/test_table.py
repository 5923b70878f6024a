"""The tables of measures in the README are the generated ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.network.measures.registry import GROUP_MEASURES, MEASURES, measure
from coopgraph.network.measures.table import HEAD, row, table
from coopgraph.network.whole.registry import WHOLE, WHOLE_GROUP

README = Path(__file__).resolve().parents[3] / "README.md"


@pytest.mark.parametrize(
    "measures", [MEASURES, GROUP_MEASURES, (*WHOLE, *WHOLE_GROUP)], ids=["nodes", "groups", "whole"]
)
def test_the_tables_of_the_readme(measures: tuple[object, ...]) -> None:
    assert table(measures) in README.read_text(encoding="utf-8")  # type: ignore[arg-type]


def test_a_row_has_a_cell_for_each_column() -> None:
    for item in (*MEASURES, *GROUP_MEASURES, *WHOLE, *WHOLE_GROUP):
        assert len(row(item)) == len(HEAD)
        assert all(row(item))
    assert row(measure("hubs"))[2:4] == ("direct", "strength")
