"""The timeline: how much the sources report for each period, in bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.network.drawing import axis, svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

_LEFT: Final = 70
_TOP: Final = 30
_DOWN: Final = 200
_FOOT: Final = 44
_STEPS: Final = 5
_LETTERS: Final = 12
SURE: Final = "#0b4f71"
POSSIBLE: Final = "#e6eef3"


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
    parts = [svg.words(8, 18, unit, size=_LETTERS)]
    for count in _counts(most):
        y = floor - round(count / most * _DOWN)
        parts.append(svg.line(_LEFT, y, svg.WIDTH - 10, y, stroke=svg.RULE))
        parts.append(svg.words(_LEFT - 8, y + 4, f"{count:,}", size=_LETTERS, anchor="end"))
    step = (svg.WIDTH - _LEFT - 20) // max(1, len(bars))
    every = axis.every((bar.label for bar in bars), _LETTERS, step - 6)
    for place, bar in enumerate(bars):
        parts.append(_bar(bar, _LEFT + 8 + step * place, min(60, max(2, step - 6)), most))
        if place % every == 0:
            middle = _LEFT + 8 + step * place + min(60, max(2, step - 6)) // 2
            parts.append(svg.words(middle, floor + 18, bar.label, size=_LETTERS, anchor="middle"))
    return svg.sheet(name, floor + _FOOT, parts, title=title, description=description)


def _counts(most: int) -> list[int]:
    return list(range(0, most + 1, axis.step(most, _STEPS)))


def _bar(bar: Bar, x: int, across: int, most: int) -> Markup:
    floor = _TOP + _DOWN
    dark = round(bar.certain / most * _DOWN)
    light = round((bar.certain + bar.possible) / most * _DOWN) - dark
    parts = []
    if dark:
        parts.append(svg.rect(x, floor - dark, across, dark, fill=SURE))
    if light:
        parts.append(svg.rect(x, floor - dark - light, across, light, fill=POSSIBLE, stroke=SURE))
    possible = f", and {bar.possible:,} possibly" if bar.possible else ""
    return svg.group(parts, title=f"{bar.label}: {bar.certain:,}{possible}")
