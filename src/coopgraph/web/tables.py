"""Rows with labels as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph.curate.values import DATE, DECIMAL, INTEGER, YEAR, YEAR_MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coopgraph.curate.questions import Column
    from coopgraph.web.asking import Cell
    from coopgraph.web.naming import Namer

_DATES: Final = frozenset({DATE, YEAR, YEAR_MONTH})
_DIGITS: Final = 1000
MARK: Final = "\ufeff"
"""The byte order mark by which some spreadsheets know UTF-8."""


def as_objects(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], namer: Namer) -> list[dict[str, object]]:
    """Each row as an object with a typed value for each column, null where there is none."""
    return [{column.name: as_object(cell, namer) for column, cell in zip(columns, row, strict=True)} for row in rows]


def as_object(cell: Cell, namer: Namer) -> dict[str, object] | None:
    """A value with its type: an IRI with its label, a text with its language if it has one, a number, or a date."""
    if cell is None:
        return None
    if isinstance(cell, NamedNode):
        label = namer.label(cell.value)
        return {"type": "iri", "value": cell.value, "label": label.text, "language": label.language or None}
    if not isinstance(cell, Literal):
        return {"type": "text", "value": str(cell), "language": None}
    # What the data hold decides: a column that promises numbers may hold something else in a graph without our model.
    if cell.datatype == INTEGER and len(cell.value) <= _DIGITS:
        return {"type": "integer", "value": int(cell.value)}
    if cell.datatype == DECIMAL:
        return {"type": "number", "value": float(cell.value) if "." in cell.value else int(cell.value)}
    if cell.datatype in _DATES:
        return {"type": "date", "value": cell.value}
    return {"type": "text", "value": cell.value, "language": cell.language}


def as_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], namer: Namer, *, mark: str = "") -> str:
    """RFC 4180, begun with the mark; each column of IRIs is followed by one with their labels."""
    stream = io.StringIO(newline="")
    stream.write(mark)
    table = csv.writer(stream, lineterminator="\r\n")
    heads = ((one.name, f"{one.name}_label") if one.kind == "iri" else (one.name,) for one in columns)
    table.writerow([name for names in heads for name in names])
    for row in rows:
        cells: list[str] = []
        for column, cell in zip(columns, row, strict=True):
            cells.append("" if cell is None else str(getattr(cell, "value", cell)))
            if column.kind == "iri":
                cells.append(namer.label(cell.value).text if isinstance(cell, NamedNode) else "")
        table.writerow(cells)
    return stream.getvalue()
