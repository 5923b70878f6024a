"""Tables (RFC 4180, UTF-8): one of the nodes, one of the ties."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final

from coopgraph.network.formats.form import Form
from coopgraph.network.formats.saying import text
from coopgraph.network.formats.sheet import NODE, TIE, Head, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from coopgraph.network.formats.sheet import Row, Sheet

_NODE_START: Final = ("number", "id")
_TIE_START: Final = ("source", "source_label", "target", "target_label")


def write_nodes(sheet: Sheet, path: Path) -> None:
    """One line for each node; `number` is what it is called in Pajek files and, after an N, in DL files."""
    header = (*_NODE_START, *(column.name for column in sheet.nodes))
    _write(path, header, ((number, *row) for number, row in enumerate(sheet.node_rows(), start=1)))


def write_ties(sheet: Sheet, path: Path) -> None:
    """One line for each tie, with the labels of its ends."""
    header = (*_TIE_START, *(column.name for column in sheet.ties))
    _write(path, header, _labelled(sheet))


def read_nodes(path: Path) -> Iterator[Head | Row]:
    """The lines; in a table every value is a text, and it does not say whether ties have a direction."""
    rows = _read(path)
    yield Head(False, _texts(next(rows)), ())
    yield from ((NODE, *row) for row in rows)


def read_ties(path: Path) -> Iterator[Head | Row]:
    """The lines, as of nodes."""
    rows = _read(path)
    yield Head(False, (), _texts(next(rows)))
    yield from ((TIE, *row) for row in rows)


def says_nodes(sheet: Sheet) -> Iterator[Head | Row]:
    """All columns of nodes as texts."""
    yield Head(False, _texts((*_NODE_START, *(column.name for column in sheet.nodes))), ())
    for number, row in enumerate(sheet.node_rows(), start=1):
        yield (NODE, str(number), *map(text, row))


def says_ties(sheet: Sheet) -> Iterator[Head | Row]:
    """All columns of ties as texts."""
    yield Head(False, (), _texts((*_TIE_START, *(column.name for column in sheet.ties))))
    for row in _labelled(sheet):
        yield (TIE, *map(text, row))


def _labelled(sheet: Sheet) -> Iterator[Row]:
    ids, labels = sheet.ids, list(sheet.node_column("label").plain())
    for source, target, *values in sheet.tie_rows():
        yield (ids[source], labels[source], ids[target], labels[target], *values)


def _write(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)


def _read(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(lines, strict=True)


def _texts(names: Sequence[str]) -> tuple[tuple[str, Kind], ...]:
    return tuple((name, Kind.TEXT) for name in names)


NODES: Final = Form(
    name="nodes.csv",
    extension="nodes.csv",
    media_type="text/csv",
    title="table of nodes",
    loses="the ties, which edges.csv has; a table declares no types",
    write=write_nodes,
    read=read_nodes,
    says=says_nodes,
    companions=("edges.csv",),
)
EDGES: Final = Form(
    name="edges.csv",
    extension="csv",
    media_type="text/csv",
    title="table of ties",
    loses="nodes without ties, which nodes.csv has; a table declares no types",
    write=write_ties,
    read=read_ties,
    says=says_ties,
    companions=("nodes.csv",),
)
