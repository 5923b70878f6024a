"""The drawing of a network: numbered nodes, names where there is room, ties as lines by strength."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Final

import numpy as np
from markupsafe import Markup, escape

from coopgraph.network.drawing import labels, looks, svg
from coopgraph.network.drawing.places import places
from coopgraph.network.drawing.text import FONT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.drawing.labels import Label, Stroke
    from coopgraph.network.drawing.looks import Look

MOST: Final = 60
RADIUS: Final = 12
_TIES_EACH: Final = 4
_LINE: Final = 1.5
_REACH: Final = RADIUS + looks.CORNER


@dataclass(frozen=True, slots=True)
class Mark:
    """A node as it is drawn: the number it has in the table, its name and its look."""

    number: str
    label: str
    look: Look


@dataclass(frozen=True, slots=True)
class Picture:
    """The SVG and what it shows: numbers of nodes, of names that found room, of ties, and of ties among the nodes."""

    svg: Markup
    nodes: int
    named: int
    ties: int
    ties_in_all: int


def picture(
    marks: Sequence[Mark],
    source: Indices,
    target: Indices,
    strengths: Floats,
    *,
    directed: bool,
    title: str,
    description: str,
) -> Picture:
    """The drawing of these nodes, most important first, and of the ties among them.

    Where there are many ties, each node shows its `_TIES_EACH` strongest ones; positions follow from all ties.
    """
    spots, height = places(len(marks), source, target, strengths)
    shown = strongest(len(marks), source, target, strengths)
    at = {str(node): spot for node, spot in enumerate(spots)}
    room = labels.Box(4, 4, svg.WIDTH - 4, height - 4)
    wanted = [(str(node), mark.label) for node, mark in enumerate(marks)]
    strokes = [(spots[one], spots[other]) for one, other in zip(source[shown], target[shown], strict=True)]
    names = labels.place(wanted, at, radius=_REACH, sheet=room, lines=strokes)
    parts = [_ties(strokes, strengths[shown], directed=directed)]
    parts += [_leader(at[node], label) for node, label in names.items() if label.far]
    parts += [_node(mark, spot) for mark, spot in zip(marks, spots, strict=True)]
    parts += [_label(label) for label in names.values()]
    made = svg.sheet("network", height, parts, title=title, description=description)
    return Picture(made, len(marks), len(names), len(shown), len(source))


def strongest(n: int, source: Indices, target: Indices, strengths: Floats) -> Indices:
    """The ties that are among the strongest of one of their ends, in order; all, if no more than that many a node."""
    if len(source) <= _TIES_EACH * n // 2:
        return np.arange(len(source), dtype=np.int32)
    left = np.zeros(n, dtype=np.int32)
    kept = []
    for tie in np.lexsort((target, source, -strengths)).tolist():
        if left[source[tie]] < _TIES_EACH or left[target[tie]] < _TIES_EACH:
            kept.append(tie)
            left[source[tie]] += 1
            left[target[tie]] += 1
    return np.array(sorted(kept), dtype=np.int32)


def _ties(strokes: Sequence[Stroke], strengths: Floats, *, directed: bool) -> Markup:
    """Lines, the stronger the thicker and the later; with direction, a wedge shows where each leads."""
    low, most = float(strengths.min(initial=np.inf)), float(strengths.max(initial=0.0))
    widths = np.full(len(strokes), _LINE) if low == most else 0.7 + 3.3 * strengths / max(most, 1e-9)
    drawn = []
    for tie in np.lexsort((np.arange(len(strokes)), strengths)).tolist():
        ends = strokes[tie]
        drawn.append(
            Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke-width="{:.1f}"/>').format(
                *ends[0], *ends[1], float(widths[tie])
            )
        )
        if directed:
            drawn.append(_wedge(*ends))
    return (
        Markup('<g stroke="#7b858f" stroke-opacity="0.6" fill="#4a5762">') + Markup("\n").join(drawn) + Markup("</g>")
    )


def _wedge(start: tuple[int, int], end: tuple[int, int]) -> Markup:
    """A wedge on the line, its point towards the end and just outside the node there."""
    (x1, y1), (x2, y2) = start, end
    far = hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / far, (y2 - y1) / far
    tip, base = _REACH + 2, _REACH + 12
    points = (
        (x2 - ux * tip, y2 - uy * tip),
        (x2 - ux * base + uy * 4, y2 - uy * base - ux * 4),
        (x2 - ux * base - uy * 4, y2 - uy * base + ux * 4),
    )
    return Markup('<polygon points="{}" stroke="none"/>').format(" ".join(f"{round(x)},{round(y)}" for x, y in points))


def _leader(spot: tuple[int, int], label: Label) -> Markup:
    box, (x, y) = label.box, spot
    return svg.line(x, y, min(max(x, box.left), box.right), min(max(y, box.top), box.bottom), width=0.7)


def _node(mark: Mark, spot: tuple[int, int]) -> Markup:
    x, y = spot
    size = 11 if len(mark.number) < 3 else 9
    digits = svg.words(x, y + 4, mark.number, size=size, anchor="middle", fill=looks.ink(mark.look), weight=600)
    return svg.group([looks.shape(mark.look, x, y, RADIUS), digits], title=f"{mark.number} {mark.label}")


def _label(label: Label) -> Markup:
    box = label.box
    spans = Markup("").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(
            (box.left + box.right) // 2, box.top + labels.LINE * index + labels.SIZE - 1, escape(line)
        )
        for index, line in enumerate(label.lines)
    )
    # A white rim keeps the letters legible where a tie passes behind them.
    return Markup(
        '<text class="name" font-family="{}" font-size="{}" text-anchor="middle" fill="{}" stroke="#fff" '
        'stroke-width="3" stroke-linejoin="round" paint-order="stroke">{}</text>'
    ).format(FONT, labels.SIZE, svg.INK, spans)
