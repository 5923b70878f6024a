"""The few elements that the drawings are made of; every text is escaped, every coordinate a whole number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from coopgraph.network.drawing import text

if TYPE_CHECKING:
    from collections.abc import Iterable

INK: Final = "#16202a"
SOFT: Final = "#4a5762"
RULE: Final = "#c9ced3"
LETTERS: Final = 13
WIDTH: Final = 1000


def sheet(name: str, height: int, parts: Iterable[Markup], *, title: str, description: str) -> Markup:
    """A picture of `WIDTH` by `height` with its text alternative; `name` is unique within a page."""
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" class="{}" '
        'aria-labelledby="{}-title {}-description" font-family="{}">'
    ).format(WIDTH, height, name, name, name, text.FONT)
    told = Markup('<title id="{}-title">{}</title><desc id="{}-description">{}</desc>').format(
        name, title, name, description
    )
    ground = rect(0, 0, WIDTH, height, fill="#fff")
    return head + told + Markup("\n").join([ground, *parts]) + Markup("</svg>")


def line(x1: int, y1: int, x2: int, y2: int, *, width: float = 1, stroke: str = INK, dash: str = "") -> Markup:
    """A straight line."""
    extra = Markup(' stroke-dasharray="{}"').format(dash) if dash else Markup()
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{:g}"{}/>').format(
        x1, y1, x2, y2, stroke, width, extra
    )


def path(points: Iterable[tuple[int, int]], *, width: float = 2, stroke: str = INK, dash: str = "") -> Markup:
    """A line through these points."""
    extra = Markup(' stroke-dasharray="{}"').format(dash) if dash else Markup()
    joined = " ".join(f"{x},{y}" for x, y in points)
    return Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="{:g}"{}/>').format(
        joined, stroke, width, extra
    )


def rect(x: int, y: int, across: int, down: int, *, fill: str, stroke: str = "none", round_: int = 0) -> Markup:
    """A rectangle."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}" stroke="{}"/>').format(
        x, y, across, down, round_, fill, stroke
    )


def words(
    x: int, y: int, content: str, *, size: int = LETTERS, anchor: str = "start", fill: str = INK, weight: int = 400
) -> Markup:
    """One line of text on the baseline `y`; `anchor` is start, middle or end."""
    return Markup('<text x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}" font-weight="{}">{}</text>').format(
        x, y, size, anchor, fill, weight, content
    )


def group(parts: Iterable[Markup], *, title: str) -> Markup:
    """Parts that belong together, with what a pointer resting on them shows."""
    return Markup("<g><title>{}</title>").format(title) + Markup("").join(parts) + Markup("</g>")
