"""The timeline: how much the sources report for each period, in bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.network.drawing import svg, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

_LEFT: Final = 70
_TOP: Final = 30
_DOWN: Final = 200
_FOOT: Final = 44
_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: what certainly belongs to it, and what may belong to it or to another."""

    label: str
    certain: int
    possible: int


def timeline(bars: Sequence[Bar], *, name: str = "timeline", unit: str, title: str, description: str) -> Markup:
    """One bar for each period: dark for what is certain, light with a frame above it for what is possible only."""
    most = max([1, *(bar.certain + bar.possible for bar in bars)])
    floor = _TOP + _DOWN
    parts = [svg.words(8, 18, unit, size=12)]
    for count in _counts(most):
        y = floor - round(count / most * _DOWN)
        parts.append(svg.line(_LEFT, y, svg.WIDTH - 10, y, stroke=svg.RULE))
        parts.append(svg.words(_LEFT - 8, y + 4, f"{count:,}", size=12, anchor="end"))
    step = (svg.WIDTH - _LEFT - 20) // max(1, len(bars))
    every = max(1, -(-max((text.width(bar.label, 12) for bar in bars), default=0) // max(1, step - 6)))
    for place, bar in enumerate(bars):
        parts.append(_bar(bar, _LEFT + 8 + step * place, min(60, max(2, step - 6)), most))
        if place % every == 0:
            middle = _LEFT + 8 + step * place + min(60, max(2, step - 6)) // 2
            parts.append(svg.words(middle, floor + 18, bar.label, size=12, anchor="middle"))
    return svg.sheet(name, floor + _FOOT, parts, title=title, description=description)


def _counts(most: int) -> list[int]:
    step = next(unit * 10**power for power in range(10) for unit in (1, 2, 5) if most / (unit * 10**power) <= _STEPS)
    return list(range(0, most + 1, step))


def _bar(bar: Bar, x: int, across: int, most: int) -> Markup:
    floor = _TOP + _DOWN
    dark = round(bar.certain / most * _DOWN)
    light = round((bar.certain + bar.possible) / most * _DOWN) - dark
    parts = []
    if dark:
        parts.append(svg.rect(x, floor - dark, across, dark, fill="#0b4f71"))
    if light:
        parts.append(svg.rect(x, floor - dark - light, across, light, fill="#e6eef3", stroke="#0b4f71"))
    possible = f", and {bar.possible:,} possibly" if bar.possible else ""
    return svg.group(parts, title=f"{bar.label}: {bar.certain:,}{possible}")
