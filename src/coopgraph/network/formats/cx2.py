"""CX2, the exchange format of Cytoscape and NDEx: aspects in a list, attributes declared with their types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from coopgraph.network.formats.form import Form
from coopgraph.network.formats.json_lines import MOST, dumps, write_list
from coopgraph.network.formats.saying import without_dates
from coopgraph.network.formats.sheet import NODE, TIE, Head, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from coopgraph.network.formats.sheet import Column, Row, Sheet

_TYPES: Final = {Kind.TEXT: "string", Kind.DATE: "string", Kind.WHOLE: "integer", Kind.REAL: "double"}
_KINDS: Final = {"string": Kind.TEXT, "integer": Kind.WHOLE, "double": Kind.REAL}
_IRI: Final = "represents"
_NAMED: Final = {"label": "name"}
"""Cytoscape shows the attribute `name`; the other names are ours."""

_STYLE: Final = {
    "default": {"network": {}, "node": {}, "edge": {}},
    "nodeMapping": {"NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}}},
    "edgeMapping": {},
}


def write(sheet: Sheet, path: Path) -> None:
    """Nodes are numbered from 0, with their IRIs as `represents`; CX2 knows no ties without direction but as told."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"[\n{dumps({'CXVersion': '2.0', 'hasFragments': False})},\n")
        counted = (
            ("attributeDeclarations", 1),
            ("networkAttributes", 1),
            ("nodes", sheet.n),
            ("edges", sheet.m),
            ("visualProperties", 1),
        )
        _aspect(out.write, "metaData", [{"name": name, "elementCount": count} for name, count in counted])
        told: dict[str, Any] = {"name": sheet.about["label"], **sheet.about, "directed": sheet.directed}
        del told["label"]
        declared = {
            "networkAttributes": {name: {"d": _json_type(value)} for name, value in told.items()},
            "nodes": {_IRI: {"d": "string"}, **_declared(sheet.nodes)},
            "edges": _declared(sheet.ties),
        }
        _aspect(out.write, "attributeDeclarations", [declared])
        _aspect(out.write, "networkAttributes", [told])
        nodes, ties = ([_name(column.name) for column in columns] for columns in (sheet.nodes, sheet.ties))
        out.write('{"nodes":')
        write_list(
            out,
            (
                {"id": number, "v": {_IRI: identifier, **_said(nodes, values)}}
                for number, (identifier, *values) in enumerate(sheet.node_rows())
            ),
        )
        out.write('},\n{"edges":')
        write_list(
            out,
            (
                {"id": number, "s": source, "t": target, "v": _said(ties, values)}
                for number, (source, target, *values) in enumerate(sheet.tie_rows())
            ),
        )
        out.write("},\n")
        _aspect(out.write, "visualProperties", [_STYLE])
        out.write(f"{dumps({'status': [{'completed': True, 'success': True}]})}\n]\n")


def read(path: Path) -> Iterator[Head | Row]:
    """What the file says, by what it declares."""
    first, *rest = json.loads(path.read_bytes())
    if first["CXVersion"] != "2.0" or rest[-1] != {"status": [{"completed": True, "success": True}]}:
        raise ValueError("this is no whole CX2")
    aspects: dict[str, list[Any]] = {}
    for fragment in rest[:-1]:
        for name, elements in fragment.items():
            aspects.setdefault(name, []).extend(elements)
    if any(len(aspects[one["name"]]) != one["elementCount"] for one in aspects["metaData"]):
        raise ValueError("an aspect has another number of elements than told")
    (declared,) = aspects["attributeDeclarations"]
    titles = {theirs: ours for ours, theirs in _NAMED.items()}
    nodes, ties = (
        tuple((titles.get(name, name), _KINDS[kind["d"]]) for name, kind in declared[part].items() if name != _IRI)
        for part in ("nodes", "edges")
    )
    yield Head(aspects["networkAttributes"][0]["directed"], nodes, ties)
    ids = {node["id"]: node["v"][_IRI] for node in aspects["nodes"]}
    for node in aspects["nodes"]:
        yield (NODE, ids[node["id"]], *(node["v"].get(_name(name), "") for name, _ in nodes))
    for tie in aspects["edges"]:
        yield (TIE, ids[tie["s"]], ids[tie["t"]], *(tie["v"].get(_name(name), "") for name, _ in ties))


def _name(name: str) -> str:
    return _NAMED.get(name, name)


def _declared(columns: Sequence[Column]) -> dict[str, dict[str, str]]:
    return {_name(column.name): {"d": _TYPES[column.kind]} for column in columns}


def _said(names: Sequence[str], values: Sequence[Any]) -> Mapping[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value != ""}


def _json_type(value: object) -> str:
    return "boolean" if isinstance(value, bool) else "string"


def _aspect(write: Any, name: str, elements: Sequence[Any]) -> None:
    write(f"{dumps({name: elements})},\n")


FORM: Final = Form(
    name="cx2",
    extension="cx2",
    media_type="application/json",
    title="CX2, for Cytoscape and NDEx",
    loses="nothing; dates are texts, and the network says whether its ties have a direction",
    write=write,
    read=read,
    says=without_dates,
    most=MOST,
)
