"""Where the nodes stand: each part of the network on its own, the parts on shelves, no two nodes too close."""

from __future__ import annotations

from math import cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from coopgraph.network.drawing import stress
from coopgraph.network.drawing.svg import WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.network.arrays import Floats, Indices

MARGIN_X: Final = 105
MARGIN_Y: Final = 46
APART: Final = 52
_ROUNDS: Final = 300
# The longest tie is drawn at most this many times as long as the shortest: names need room between the near ones.
_STRETCH: Final = 3.0

Point = tuple[float, float]


def places(n: int, source: Indices, target: Indices, strengths: Floats) -> tuple[tuple[tuple[int, int], ...], int]:
    """Whole-number positions of n nodes on a sheet of `WIDTH`, and its height; the stronger a tie, the nearer."""
    if not n:
        return (), 0
    matrix = sparse.csr_array((np.ones(len(source)), (source, target)), shape=(n, n))
    _, part_of = csgraph.connected_components(matrix, directed=False)
    parts = [np.flatnonzero(part_of == part) for part in np.unique(part_of)]
    parts.sort(key=lambda part: (-len(part), int(part[0])))
    lengths = np.clip(np.sqrt(strengths.max(initial=1.0) / strengths), 1.0, _STRETCH)
    placed = [(0, 0)] * n
    left = top = shelf = 0
    for part in parts:
        across, down = _box(len(part))
        if left and left + across > WIDTH:
            left, top, shelf = 0, top + shelf, 0
        inside = np.isin(source, part)
        first, second = (np.searchsorted(part, end[inside]).astype(np.int32) for end in (source, target))
        points = _fitted(stress.positions(len(part), first, second, lengths[inside]), across, down)
        for node, (x, y) in zip(part.tolist(), _spread(points, across, down), strict=True):
            placed[node] = (left + round(x), top + round(y))
        left += across
        shelf = max(shelf, down)
    return tuple(placed), top + shelf


def _box(count: int) -> tuple[int, int]:
    if count <= 2:
        return 330, 120
    across = min(WIDTH, round(180 * sqrt(count)) + 60)
    return across, round(min(across * 0.78, 130 * sqrt(count))) if across < WIDTH else max(720, 17 * count)


def _fitted(points: Floats, across: int, down: int) -> list[Point]:
    """The points stretched to the inside of a box; a pair stands side by side."""
    if len(points) == 1:
        return [(across / 2, down / 2)]
    low, high = points.min(axis=0), points.max(axis=0)
    span = np.where(high - low > 1e-6, high - low, 1.0)
    share = np.where(high - low > 1e-6, (points - low) / span, 0.5)
    inner = np.array([across - 2 * MARGIN_X, down - 2 * MARGIN_Y])
    return [(float(x), float(y)) for x, y in share * inner + np.array([MARGIN_X, MARGIN_Y])]


def _spread(points: Sequence[Point], across: int, down: int) -> list[Point]:
    """Push nodes that are too close apart until none is, or the rounds are used up."""
    moved = list(points)
    for _ in range(_ROUNDS):
        pushed = False
        for first in range(len(moved)):
            for second in range(first + 1, len(moved)):
                pushed |= _part(moved, first, second)
        for node, (x, y) in enumerate(moved):
            moved[node] = (min(max(x, MARGIN_X), across - MARGIN_X), min(max(y, MARGIN_Y), down - MARGIN_Y))
        if not pushed:
            break
    return moved


def _part(points: list[Point], first: int, second: int) -> bool:
    (ax, ay), (bx, by) = points[first], points[second]
    gap = hypot(bx - ax, by - ay)
    if gap >= APART:
        return False
    # Nodes on the very same spot part in a direction that depends on their place in the order, not on chance.
    angle = 2 * pi * first / 7
    ux, uy = ((bx - ax) / gap, (by - ay) / gap) if gap > 0.01 else (cos(angle), sin(angle))
    push = (APART - gap) / 2 + 0.5
    points[first] = (ax - ux * push, ay - uy * push)
    points[second] = (bx + ux * push, by + uy * push)
    return True
