"""What of a sheet a file can say, by how much its format knows of types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.formats.sheet import Head, Kind, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def everything(sheet: Sheet) -> Iterator[Head | Row]:
    """All columns with their types."""
    yield sheet.head
    yield from sheet.rows()


def without_dates(sheet: Sheet) -> Iterator[Head | Row]:
    """All columns; a date is a text."""
    head = sheet.head
    yield Head(head.directed, undated(head.nodes), undated(head.ties))
    yield from sheet.rows()


def undated(columns: Iterable[tuple[str, Kind]]) -> tuple[tuple[str, Kind], ...]:
    """Names and types of columns where dates are texts."""
    return tuple((name, Kind.TEXT if kind is Kind.DATE else kind) for name, kind in columns)


def text(value: object) -> str:
    """The value as a text from which it can be read back exactly."""
    return repr(value) if isinstance(value, float) else str(value)
