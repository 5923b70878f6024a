"""Find room for each label: beside its node, overlapping no other label and no node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.network.drawing import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIZE: Final = 11
LINE: Final = 13
_GAP: Final = 2
# Right, left, below, above, then the corners: the order in which a reader expects a label.
_SIDES: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (1, 1), (-1, -1), (-1, 1))
_REACH: Final = (1, 10, 22, 45, 70)
Stroke = tuple[tuple[int, int], tuple[int, int]]
# The most important names are worth a long line.
_LEADING: Final = 10
_FAR: Final = (110, 160, 210)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any area, a small gap included."""
        return (
            self.left < other.right + _GAP
            and other.left < self.right + _GAP
            and self.top < other.bottom + _GAP
            and other.top < self.bottom + _GAP
        )

    def holds(self, other: Box) -> bool:
        """Whether the other one lies within this one."""
        across = other.left >= self.left and other.right <= self.right
        return across and other.top >= self.top and other.bottom <= self.bottom

    def crossed(self, stroke: Stroke) -> bool:
        """Whether the line from one point to another leads through this rectangle."""
        (x1, y1), (x2, y2) = stroke
        low, high = 0.0, 1.0
        # The part of the line within each pair of sides; what is left of both lies inside.
        for start, step, first, last in ((x1, x2 - x1, self.left, self.right), (y1, y2 - y1, self.top, self.bottom)):
            if not step:
                if not first <= start <= last:
                    return False
                continue
            ends = sorted(((first - start) / step, (last - start) / step))
            low, high = max(low, ends[0]), min(high, ends[1])
        return low <= high


@dataclass(frozen=True, slots=True)
class Label:
    """A label's lines, its box, and whether it stands so far off that a line must lead to it."""

    lines: tuple[str, ...]
    box: Box
    far: bool


def place(
    wanted: Sequence[tuple[str, str]],
    positions: Mapping[str, tuple[int, int]],
    *,
    radius: int,
    sheet: Box,
    lines: Sequence[Stroke] = (),
) -> dict[str, Label]:
    """The labels, given in order of importance as (node, text), that find room; the others are left out.

    No label lies on another one or on a node; where there is room nearby that no line crosses, it is taken first.
    """
    nodes = {node: _around(x, y, radius) for node, (x, y) in positions.items()}
    placed: dict[str, Label] = {}
    for place_in_order, (node, words) in enumerate(wanted):
        written = text.lines(words, longest=24, most=3)
        across, down = max(text.width(line, SIZE) for line in written), LINE * len(written)
        others = [box for other, box in nodes.items() if other != node]
        taken = [*others, *(label.box for label in placed.values())]
        reaches = (*_REACH, *_FAR) if place_in_order < _LEADING else _REACH
        spots = _candidates(*positions[node], across=across, down=down, radius=radius, reaches=reaches)
        free = [(box, far) for box, far in spots if sheet.holds(box) and not any(map(box.overlaps, taken))]
        clear = ((box, far) for box, far in free if not far and not any(map(box.crossed, lines)))
        found = next(clear, next(iter(free), None))
        if found is not None:
            placed[node] = Label(written, *found)
    return placed


def _candidates(
    x: int, y: int, *, across: int, down: int, radius: int, reaches: Sequence[int]
) -> list[tuple[Box, bool]]:
    found = []
    for reach in reaches:
        for horizontal, vertical in _SIDES:
            off = radius + reach if not (horizontal and vertical) else round((radius + reach) * 0.75)
            left = x + off if horizontal > 0 else x - off - across if horizontal < 0 else x - across // 2
            top = y + off if vertical > 0 else y - off - down if vertical < 0 else y - down // 2
            found.append((Box(left, top, left + across, top + down), reach > _REACH[1]))
    return found


def _around(x: int, y: int, radius: int) -> Box:
    return Box(x - radius, y - radius, x + radius, y + radius)
