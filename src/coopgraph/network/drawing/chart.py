"""The rank chart: where the leading nodes stand, and between which ranks they move when a document is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from coopgraph.network.drawing import text
from coopgraph.network.drawing.picture import look, shape

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport, Row

MOST: Final = 20
_WIDTH: Final = 1000
_NAMES: Final = 330
_RIGHT: Final = 24
_STEP: Final = 26
_TOP: Final = 52
_TICKS: Final = 8


def rank_chart(report: CentralityReport) -> Markup:
    """One line for each leading actor: a mark at its rank by the headline measure, a bar over its rank range."""
    rows = [row for row in report.rows if row.kind == "actor"][:MOST]
    if not rows:
        return Markup()
    last = max(max(score.rank, score.worst or 0) for score in (row.score(report.headline) for row in rows))
    height = _TOP + _STEP * len(rows) + 14
    head = Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" class="chart">').format(
        _WIDTH, height
    )
    title = Markup("<title>Ranks by {}</title>").format(report.headline)
    parts = [_axis(last, height)]
    parts += [_line(row, place, last, report) for place, row in enumerate(rows)]
    return head + title + Markup("\n").join(parts) + Markup("</svg>")


def _x(rank: int, last: int) -> int:
    return _NAMES + round((rank - 1) / max(1, last - 1) * (_WIDTH - _NAMES - _RIGHT))


def _axis(last: int, height: int) -> Markup:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, last) if last / step <= _TICKS)
    ticks = sorted({1, *(rank for rank in range(step, last + 1, step) if step == 1 or rank > step / 2 + 1)})
    parts = [
        Markup('<text x="{}" y="16" font-family="{}" font-size="12" fill="#111">rank (1 = most central)</text>').format(
            _NAMES - 8, text.FONT
        )
    ]
    for rank in ticks:
        x = _x(rank, last)
        parts.append(
            Markup('<line x1="{}" y1="40" x2="{}" y2="{}" stroke="#c9ced3" stroke-width="1"/>').format(
                x, x, height - 10
            )
        )
        parts.append(
            Markup(
                '<text x="{}" y="34" font-family="{}" font-size="12" text-anchor="middle" fill="#111">{}</text>'
            ).format(x, text.FONT, rank)
        )
    return Markup("\n").join(parts)


def _line(row: Row, place: int, last: int, report: CentralityReport) -> Markup:
    y = _TOP + _STEP * place + _STEP // 2
    score = row.score(report.headline)
    name = _fit(f"{place + 1}  {row.label}")
    parts = [
        Markup('<text x="{}" y="{}" font-family="{}" font-size="13" text-anchor="end" fill="#111">{}</text>').format(
            _NAMES - 22, y + 4, text.FONT, name
        )
    ]
    if score.best is not None and score.worst is not None and score.best != score.worst:
        left, right = _x(score.best, last), _x(score.worst, last)
        parts.append(
            Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#1b2a3a" stroke-width="3"/>').format(
                left, y, right, y
            )
        )
        parts += [
            Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#1b2a3a" stroke-width="2"/>').format(
                x, y - 6, x, y + 6
            )
            for x in (left, right)
        ]
    parts.append(shape(look(row), _x(score.rank, last), y, 7))
    return (
        Markup("<g><title>{}: rank {}</title>").format(row.label, score.rank) + Markup("").join(parts) + Markup("</g>")
    )


def _fit(name: str) -> str:
    room = _NAMES - 30
    if text.width(name, 13) <= room:
        return name
    while text.width(name + "…", 13) > room:
        name = name[:-1]
    return name.rstrip() + "…"
