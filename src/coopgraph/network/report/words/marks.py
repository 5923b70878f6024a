"""The rows of a report as they are drawn: the same number, name and look in every picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from coopgraph.network.drawing import looks
from coopgraph.network.drawing.looks import Look
from coopgraph.network.drawing.network_picture import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.network.report.parts.results import Row

_MEANS: Final = {
    Look.BODY: "organisation, state or other body",
    Look.PERSON: "person",
    Look.GROUP: "group mentioned together",
}


def sign(row: Row, first: str) -> str:
    """The number of a row in tables and pictures: 1, 2, … for the first kind, E1, E2, … for events beside actors."""
    return f"{row.number}" if row.kind == first else f"{row.kind[:1].upper()}{row.number}"


def mark(row: Row, first: str) -> Mark:
    """The row as it is drawn; `first` is the kind of the rows that come first."""
    return Mark(sign(row, first), row.label, looks.of(row.kind, row.type))


def key(rows: Iterable[Row]) -> tuple[tuple[Markup, str], ...]:
    """The looks that occur among these rows, each with what it means."""
    found = {looks.of(row.kind, row.type): row.kind for row in reversed(list(rows))}
    return tuple((symbol(look), _MEANS.get(look, found[look])) for look in Look if look in found)


def symbol(look: Look) -> Markup:
    """A small drawing of the look, for keys."""
    return framed(looks.shape(look, 11, 11, 7))


def framed(content: Markup) -> Markup:
    """A drawing of 22 by 22 that only repeats what stands beside it."""
    return Markup('<svg viewBox="0 0 22 22" width="18" height="18" aria-hidden="true">{}</svg>').format(content)
