"""Our own JSON: what the network is, then `nodes` and `ties` with their attributes as members."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from coopgraph.network.formats.form import Form
from coopgraph.network.formats.json_lines import MOST, dumps, write_list
from coopgraph.network.formats.saying import everything
from coopgraph.network.formats.sheet import NODE, TIE, Head, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coopgraph.network.formats.sheet import Row, Sheet


def write(sheet: Sheet, path: Path) -> None:
    """`attributes` lists name, type and meaning of each attribute; an unknown date is an empty text."""
    nodes, ties = (tuple(column.name for column in columns) for columns in (sheet.nodes, sheet.ties))
    told = {
        **sheet.about,
        "mode": sheet.mode.value,
        "directed": sheet.directed,
        "attributes": {
            domain: [{"name": one.name, "type": one.kind.value, "meaning": one.meaning} for one in columns]
            for domain, columns in (("nodes", sheet.nodes), ("ties", sheet.ties))
        },
    }
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(dumps(told)[:-1] + ',\n"nodes":')
        write_list(out, (dict(zip(("id", *nodes), row, strict=True)) for row in sheet.node_rows()))
        out.write(',\n"ties":')
        write_list(out, (dict(zip(("source", "target", *ties), row, strict=True)) for row in sheet.named_ties()))
        out.write("}\n")


def read(path: Path) -> Iterator[Head | Row]:
    """What the file says; the types are those that it declares, and a value must be of its type."""
    members = json.loads(path.read_bytes())
    nodes, ties = (
        tuple((one["name"], Kind(one["type"])) for one in members["attributes"][domain]) for domain in ("nodes", "ties")
    )
    yield Head(members["directed"], nodes, ties)
    for node in members["nodes"]:
        yield (NODE, node["id"], *(node[name] for name, _ in nodes))
    for tie in members["ties"]:
        yield (TIE, tie["source"], tie["target"], *(tie[name] for name, _ in ties))


FORM: Final = Form(
    name="network.json",
    extension="json",
    media_type="application/json",
    title="JSON, with the declaration of the network",
    loses="nothing",
    write=write,
    read=read,
    says=everything,
    most=MOST,
)
