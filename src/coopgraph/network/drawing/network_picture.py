"""The drawing of a network: numbered nodes, names where there is room, ties as lines by strength."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from markupsafe import Markup, escape

from coopgraph.network.drawing import labels, looks, svg
from coopgraph.network.drawing.places import places
from coopgraph.network.drawing.text import FONT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.drawing.labels import Label
    from coopgraph.network.drawing.looks import Look

MOST: Final = 60
RADIUS: Final = 12
_TIES_EACH: Final = 4
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
    marks: Sequence[Mark], source: Indices, target: Indices, strengths: Floats, *, title: str, description: str
) -> Picture:
    """The drawing of these nodes, most important first, and of the ties among them.

    Where there are many ties, each node shows its `_TIES_EACH` strongest ones; positions follow from all ties.
    """
    spots, height = places(len(marks), source, target, strengths)
    shown = strongest(len(marks), source, target, strengths)
    at = {str(node): spot for node, spot in enumerate(spots)}
    room = labels.Box(4, 4, svg.WIDTH - 4, height - 4)
    wanted = [(str(node), mark.label) for node, mark in enumerate(marks)]
    names = labels.place(wanted, at, radius=_REACH, sheet=room)
    parts = [_ties(spots, source[shown], target[shown], strengths[shown])]
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


def _ties(spots: Sequence[tuple[int, int]], source: Indices, target: Indices, strengths: Floats) -> Markup:
    most = float(strengths.max(initial=1.0))
    order = np.lexsort((target, source, strengths)).tolist()
    lines = [
        Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke-width="{}"/>').format(
            *spots[source[tie]], *spots[target[tie]], f"{0.7 + 3.3 * float(strengths[tie]) / most:.1f}"
        )
        for tie in order
    ]
    return Markup('<g stroke="#7b858f" stroke-opacity="0.6">') + Markup("\n").join(lines) + Markup("</g>")


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
