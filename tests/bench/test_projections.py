"""The data of nothing but participations are what they are said to be, and what is measured is measured."""

from __future__ import annotations

from pathlib import Path

from tests.bench.meetings import write
from tests.bench.meter import weigh


def test_a_full_graph_of_a_size_has_that_size_and_its_statements(tmp_path: Path) -> None:
    lines = tmp_path / "quads.nq"
    count = write(40_000, lines)
    quads = set(lines.read_text(encoding="utf-8").splitlines())
    assert 0.8 < len(quads) / 40_000 <= 1.1
    store = tmp_path / "store"
    weigh("store_of", "meetings", "40000", "7", store)
    said = weigh("project", store, "actor-event").said
    assert said["rows"] == said["ties"] == count
    assert said["quads"] == len(quads)
    assert said["read_cpu"] > 0
