"""The rank chart: where the leading nodes stand, and between which ranks they move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.network.drawing import axis, looks, svg, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from coopgraph.network.drawing.network_picture import Mark

_NAMES: Final = 380
_RIGHT: Final = 24
_STEP: Final = 28
_TOP: Final = 56
_TICKS: Final = 9
BAR: Final = "#9aa5ae"

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One node: its rank, the ranks without single documents, and the interval of the bootstrap; None: not computed.

    `open` says that the node is absent too often for the interval to have an upper end.
    """

    mark: Mark
    rank: int
    left_out: Range | None
    drawn: Range | None
    open: bool = False


def rank_chart(lines: Sequence[Line], *, name: str, title: str, description: str) -> Markup:
    """One row for each node: a mark at its rank, a thick bar over one range and a thin one with ends over the other."""
    last = max([2, *(rank for line in lines for rank in (line.rank, *(line.left_out or ()), *(line.drawn or ())))])
    height = _TOP + _STEP * len(lines) + 12
    parts = [svg.words(_NAMES - 8, 18, "rank (1 = most central)", size=12)]
    for rank in ticks(last):
        x = _x(rank, last)
        parts.append(svg.line(x, 44, x, height - 8, stroke=svg.RULE))
        parts.append(svg.words(x, 38, f"{rank:,}", size=12, anchor="middle"))
    parts += [_row(line, _TOP + _STEP * place + _STEP // 2, last) for place, line in enumerate(lines)]
    return svg.sheet(name, height, parts, title=title, description=description)


def ticks(last: int) -> list[int]:
    """The ranks that the axis names: 1 and round ones up to the last."""
    step = axis.step(last, _TICKS)
    return sorted({1, *(rank for rank in range(step, last + 1, step) if step == 1 or rank > step / 2 + 1)})


def _x(rank: int, last: int) -> int:
    return _NAMES + round((rank - 1) / (last - 1) * (svg.WIDTH - _NAMES - _RIGHT))


def _row(line: Line, y: int, last: int) -> Markup:
    name = text.fitted(f"{line.mark.number}  {line.mark.label}", 13, _NAMES - 30)
    parts = [svg.words(_NAMES - 22, y + 4, name, anchor="end")]
    told = [f"{line.mark.label}: rank {line.rank}"]
    if line.left_out is not None:
        left, right = (_x(rank, last) for rank in line.left_out)
        told.append(f"{line.left_out[0]} to {line.left_out[1]} without single documents")
        parts.append(svg.rect(left - 3, y - 5, right - left + 6, 10, fill=BAR, round_=2))
    if line.drawn is not None:
        left, right = (_x(rank, last) for rank in line.drawn)
        told.append(f"{line.drawn[0]} to {line.drawn[1]} in the bootstrap")
        parts.append(svg.line(left, y, right, y, width=2))
        if line.open:
            parts.append(svg.line(right, y, svg.WIDTH - 4, y, width=2, dash="2 4"))
        parts += [svg.line(x, y - 8, x, y + 8, width=2) for x in (left, right)]
    parts.append(looks.shape(line.mark.look, _x(line.rank, last), y, 6))
    return svg.group(parts, title="; ".join(told))
