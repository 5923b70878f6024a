"""The community matrix: who is tied to whom, ordered by community, with a frame around each community."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.drawing import svg, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.drawing.network_picture import Mark

MOST: Final = 60
_NAMES: Final = 300
_TOP: Final = 40
_LARGEST: Final = 22
_DIGITS: Final = 10
_GAP: Final = 3
# Four tones that differ in grey as they do in colour; the darkest is the strongest.
TONES: Final = ("#c6dbe7", "#86b4cf", "#3d83a8", "#0b3a55")


def matrix(
    marks: Sequence[Mark],
    blocks: Sequence[int],
    source: Indices,
    target: Indices,
    strengths: Floats,
    *,
    title: str,
    description: str,
) -> Markup:
    """A square for each pair with a tie, darker for stronger ones; `blocks` gives each mark's community, in order.

    `tones` says which strengths have which tone.
    """
    cell = max(9, min(_LARGEST, (svg.WIDTH - _NAMES - 20) // max(1, len(marks))))
    side = cell * len(marks)
    size = min(12, cell + 1)
    # A number may be wider than a column.
    every = -(-max((text.width(mark.number, _DIGITS) + _GAP for mark in marks), default=1) // cell)
    parts = [svg.rect(_NAMES, _TOP, side, side, fill="#fff", stroke=svg.RULE)]
    for place, mark in enumerate(marks):
        middle = cell * place + cell // 2
        # A long name is cut before its number, by which the column is found.
        number = f"  {mark.number}"
        name = text.fitted(mark.label, size, _NAMES - 16 - text.width(number, size)) + number
        parts.append(svg.words(_NAMES - 6, _TOP + middle + size // 3, name, size=size, anchor="end"))
        if place % every == 0:
            parts.append(svg.words(_NAMES + middle, _TOP - 6, mark.number, size=_DIGITS, anchor="middle"))
    for first, second, tone in zip(source.tolist(), target.tolist(), tones(strengths), strict=True):
        for row, column in ((first, second), (second, first)):
            x, y = _NAMES + cell * column, _TOP + cell * row
            parts.append(svg.rect(x + 1, y + 1, cell - 1, cell - 1, fill=TONES[tone]))
    start = 0
    for place in range(1, len(blocks) + 1):
        if place == len(blocks) or blocks[place] != blocks[start]:
            x, y, across = _NAMES + cell * start, _TOP + cell * start, cell * (place - start)
            parts.append(_frame(x, y, across))
            start = place
    return svg.sheet("matrix", _TOP + side + 12, parts, title=title, description=description)


def tones(strengths: Floats) -> list[int]:
    """Which of the four tones each tie has: equal steps of ratio from the weakest tie to the strongest."""
    low, high = float(strengths.min(initial=np.inf)), float(strengths.max(initial=0.0))
    if high <= low:
        return [len(TONES) // 2] * len(strengths)
    steps = np.floor(np.log(strengths / low) / np.log(high / low) * len(TONES) + 1e-9)
    return [int(step) for step in np.minimum(steps, len(TONES) - 1)]


def _frame(x: int, y: int, across: int) -> Markup:
    return svg.path([(x, y), (x + across, y), (x + across, y + across), (x, y + across), (x, y)], width=2)
