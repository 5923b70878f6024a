"""What of a sheet a file can say, by how much its format knows of types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.formats.sheet import Head, Kind, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def everything(sheet: Sheet) -> Iterator[Head | Row]:
    """All columns with their types."""
    yield sheet.head
    yield from sheet.rows()


def without_dates(sheet: Sheet) -> Iterator[Head | Row]:
    """All columns; a date is a text."""
    yield _head(sheet.head, {Kind.DATE: Kind.TEXT})
    yield from sheet.rows()


def untyped(sheet: Sheet) -> Iterator[Head | Row]:
    """All columns, every value as a text."""
    yield _head(sheet.head, dict.fromkeys(Kind, Kind.TEXT))
    for row in sheet.rows():
        yield tuple(map(text, row))


def text(value: object) -> str:
    """The value as a text from which it can be read back exactly."""
    return repr(value) if isinstance(value, float) else str(value)


def _head(head: Head, instead: Mapping[Kind, Kind]) -> Head:
    nodes, ties = (
        tuple((name, instead.get(kind, kind)) for name, kind in columns) for columns in (head.nodes, head.ties)
    )
    return Head(head.directed, nodes, ties)
