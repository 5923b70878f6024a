"""Ranges of ranks, as tables and charts show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.drawing import svg
from coopgraph.network.drawing.rank_chart import BAR, Line
from coopgraph.network.report.language import percent, span
from coopgraph.network.report.page import Cell
from coopgraph.network.report.words import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from coopgraph.network.drawing.network_picture import Mark
    from coopgraph.network.report.parts.results import Range, Score


def interval(found: Range | None) -> Cell:
    """The ranks as 1–4, open where the node is often absent, and below how often it is absent."""
    if found is None or found.low is None:
        return Cell("–")
    absent = f"absent {percent(found.absent)}" if found.absent else ""
    return Cell(span(found.low, found.high) + ("+" if found.uncertain else ""), below=absent)


def lines(scored: Iterable[tuple[Mark, Score]]) -> list[Line]:
    """The lines of a chart, for those that have a rank."""
    return [
        Line(mark, score.rank, _ends(score.left_out), _ends(score.documents), _open(score.documents))
        for mark, score in scored
        if score.rank is not None
    ]


def key(found: Sequence[Line]) -> tuple[tuple[Markup, str], ...]:
    """What the bars that occur in these lines mean."""
    bars = (
        (svg.rect(1, 6, 20, 10, fill=BAR, round_=2), "ranks when the documents are left out one at a time"),
        (svg.line(1, 11, 21, 11, width=2), "ranks in the bootstrap over documents"),
        (svg.line(1, 11, 21, 11, width=2, dash="2 4"), "absent too often for an upper end"),
    )
    there = (any(line.left_out for line in found), any(line.drawn for line in found), any(line.open for line in found))
    return tuple((marks.framed(bar), told) for (bar, told), occurs in zip(bars, there, strict=True) if occurs)


def _open(found: Range | None) -> bool:
    return found is not None and found.uncertain


def _ends(found: Range | None) -> tuple[int, int] | None:
    return None if found is None or found.low is None or found.high is None else (found.low, found.high)
