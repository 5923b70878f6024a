"""Parquet, for what is too large for a text: ties, nodes, and the affiliations before anything is folded."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import CoopgraphError
from coopgraph.network.formats.form import Content, Form
from coopgraph.network.formats.sheet import NODE, TIE, Head, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from coopgraph.network.formats.sheet import Column, Row, Sheet

GROUP: Final = 1 << 17
"""How many rows make a row group: so many are held at once."""

_KINDS: Final = {"string": Kind.TEXT, "int32": Kind.WHOLE, "double": Kind.REAL, "date32[day]": Kind.DATE}


def write_ties(sheet: Sheet, path: Path) -> None:
    """Source and target by IRI, then the columns of ties."""
    _write(sheet, path, ("source", "target"), sheet.ties, sheet.named_ties())


def write_nodes(sheet: Sheet, path: Path) -> None:
    """The id of each node, then the columns of nodes."""
    _write(sheet, path, ("id",), sheet.nodes, sheet.node_rows())


def read(path: Path, *, row: str) -> Iterator[Head | Row]:
    """The rows, and the types that the file declares; what is null is the empty text."""
    file = _library("pyarrow.parquet").ParquetFile(path)
    columns = tuple((field.name, _KINDS[str(field.type)]) for field in file.schema_arrow)
    directed = file.schema_arrow.metadata[b"directed"] == b"true"
    yield Head(directed, columns[1:] if row == NODE else (), columns[2:] if row == TIE else ())
    dates = [kind is Kind.DATE for _, kind in columns]
    for batch in file.iter_batches(batch_size=GROUP):
        parts = [
            [_day(value) for value in column.to_pylist()] if date else column.to_pylist()
            for column, date in zip(batch.columns, dates, strict=True)
        ]
        yield from ((row, *values) for values in zip(*parts, strict=True))


def says_ties(sheet: Sheet) -> Iterator[Head | Row]:
    """All columns of ties."""
    yield Head(sheet.directed, (), sheet.head.ties)
    yield from ((TIE, *row) for row in sheet.named_ties())


def says_nodes(sheet: Sheet) -> Iterator[Head | Row]:
    """All columns of nodes."""
    yield Head(sheet.directed, sheet.head.nodes, ())
    yield from ((NODE, *row) for row in sheet.node_rows())


def _write(sheet: Sheet, path: Path, first: Sequence[str], columns: Sequence[Column], rows: Iterable[Row]) -> None:
    arrow = _library("pyarrow")
    types = {
        Kind.TEXT: arrow.string(),
        Kind.WHOLE: arrow.int32(),
        Kind.REAL: arrow.float64(),
        Kind.DATE: arrow.date32(),
    }
    fields = [arrow.field(name, arrow.string(), nullable=False) for name in first]
    fields += [
        arrow.field(one.name, types[one.kind], nullable=one.kind is Kind.DATE, metadata={"meaning": one.meaning})
        for one in columns
    ]
    told = {**sheet.about, "mode": sheet.mode.value, "directed": str(sheet.directed).lower()}
    schema = arrow.schema(fields, metadata=told)
    dates = [False] * len(first) + [one.kind is Kind.DATE for one in columns]
    rows = iter(rows)
    with _library("pyarrow.parquet").ParquetWriter(path, schema, compression="zstd") as out:
        while chunk := list(islice(rows, GROUP)):
            arrays = [
                _dates(arrow, values) if date else arrow.array(values, type=field.type)
                for values, date, field in zip(zip(*chunk, strict=True), dates, fields, strict=True)
            ]
            out.write_batch(arrow.record_batch(arrays, schema=schema))


def _dates(arrow: Any, values: Sequence[str]) -> Any:
    return arrow.array([value or None for value in values], type=arrow.string()).cast(arrow.date32())


def _day(value: Any) -> str:
    return "" if value is None else str(value)


def _library(name: str) -> Any:
    """pyarrow, which is an extra.

    Raises:
        CoopgraphError: "not-installed" if it is not there.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise CoopgraphError(
            "not-installed", "Parquet needs pyarrow, which is not installed here.", remedy="Install coopgraph[parquet]."
        ) from error


TIES: Final = Form(
    name="parquet",
    extension="parquet",
    media_type="application/vnd.apache.parquet",
    title="table of ties in Parquet, for Spark and data frames",
    loses="nodes without ties, which nodes.parquet has",
    write=write_ties,
    read=partial(read, row=TIE),
    says=says_ties,
    companions=("nodes.parquet", "affiliations.parquet"),
)
NODES: Final = replace(
    TIES,
    name="nodes.parquet",
    extension="nodes.parquet",
    title="table of nodes in Parquet",
    loses="the ties, which parquet has",
    write=write_nodes,
    read=partial(read, row=NODE),
    says=says_nodes,
    companions=("parquet",),
)
AFFILIATIONS: Final = replace(
    TIES,
    name="affiliations.parquet",
    extension="affiliations.parquet",
    title="who is joined to what by which statement, in Parquet: what ties are folded from",
    loses="ties and their weights, which follow from it",
    companions=("nodes.parquet", "parquet"),
    content=Content.STATEMENTS,
)
