"""The table of projections in the README is the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.projections.catalogue import PROJECTIONS

if TYPE_CHECKING:
    from pathlib import Path


def test_the_readme_lists_every_projection_with_its_question(root: Path) -> None:
    lines = (root / "README.md").read_text(encoding="utf-8").splitlines()
    begin = lines.index("| projection | asks | networks |") + 2
    wanted = [f"| `{name}` | {one.question} | {one.mode.value} |" for name, one in PROJECTIONS.items()]
    assert lines[begin : begin + len(wanted)] == wanted
    assert not lines[begin + len(wanted)].startswith("|")
