"""Graphology's JSON, for sigma.js and other programs in a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from coopgraph.network.formats.form import Form
from coopgraph.network.formats.json_lines import MOST, dumps, write_list
from coopgraph.network.formats.saying import undated
from coopgraph.network.formats.sheet import NODE, TIE, Head, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from coopgraph.network.formats.sheet import Row, Sheet

_KINDS: Final = {str: Kind.TEXT, int: Kind.WHOLE, float: Kind.REAL}


def write(sheet: Sheet, path: Path) -> None:
    """A simple graph, nodes by IRI and ties by number; there is no `weight`, which could mean either of two things."""
    nodes, ties = (tuple(column.name for column in columns) for columns in (sheet.nodes, sheet.ties))
    options = {"type": "directed" if sheet.directed else "undirected", "multi": False, "allowSelfLoops": False}
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f'{{"attributes":{dumps(dict(sheet.about))},\n"options":{dumps(options)},\n"nodes":')
        write_list(
            out, ({"key": row[0], "attributes": dict(zip(nodes, row[1:], strict=True))} for row in sheet.node_rows())
        )
        out.write(',\n"edges":')
        write_list(out, (_edge(sheet, ties, number, row) for number, row in enumerate(sheet.tie_rows())))
        out.write("}\n")


def read(path: Path) -> Iterator[Head | Row]:
    """What the file says; a name stands for one type, or nothing is read."""
    members = json.loads(path.read_bytes())
    directed = members["options"]["type"] == "directed"
    nodes, ties = (_columns([one["attributes"] for one in members[part]]) for part in ("nodes", "edges"))
    yield Head(directed, nodes, ties)
    for node in members["nodes"]:
        yield (NODE, node["key"], *node["attributes"].values())
    for tie in members["edges"]:
        if tie["undirected"] is directed:
            raise ValueError("a tie has another direction than the graph")
        yield (TIE, tie["source"], tie["target"], *tie["attributes"].values())


def says(sheet: Sheet) -> Iterator[Head | Row]:
    """All columns; dates are texts, and a list without items tells no columns."""
    head = sheet.head
    yield Head(head.directed, undated(head.nodes) if sheet.n else (), undated(head.ties) if sheet.m else ())
    yield from sheet.rows()


def _edge(sheet: Sheet, names: Sequence[str], number: int, row: Row) -> dict[str, Any]:
    source, target, *values = row
    return {
        "key": str(number),
        "source": sheet.ids[source],
        "target": sheet.ids[target],
        "undirected": not sheet.directed,
        "attributes": dict(zip(names, values, strict=True)),
    }


def _columns(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, Kind], ...]:
    found = {tuple((name, _KINDS[type(value)]) for name, value in row.items()) for row in rows}
    if len(found) > 1:
        raise ValueError("an attribute has more than one type")
    return next(iter(found), ())


FORM: Final = Form(
    name="graphology",
    extension="graphology.json",
    media_type="application/json",
    title="Graphology, for sigma.js",
    loses="nothing; dates are texts",
    write=write,
    read=read,
    says=says,
    most=MOST,
)
