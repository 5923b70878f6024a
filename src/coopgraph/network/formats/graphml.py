"""GraphML: every attribute declared with its type, nodes named by their IRIs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from coopgraph.network.formats import saying, xml
from coopgraph.network.formats.form import Form
from coopgraph.network.formats.sheet import NODE, TIE, Head, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from coopgraph.network.formats.sheet import Column, Row, Sheet

_SPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_TYPES: Final = {Kind.TEXT: "string", Kind.DATE: "string", Kind.WHOLE: "int", Kind.REAL: "double"}
_KINDS: Final = {"string": Kind.TEXT, "int": Kind.WHOLE, "double": Kind.REAL}


def write(sheet: Sheet, path: Path) -> None:
    """One `data` for each value; a text or date that is empty is left out."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_SPACE}">\n')
        for name in sheet.about:
            out.write(f'<key id="graph.{name}" for="graph" attr.name="{name}" attr.type="string"/>\n')
        for domain, columns in (("node", sheet.nodes), ("edge", sheet.ties)):
            for column in columns:
                out.write(
                    f'<key id="{domain}.{column.name}" for="{domain}" attr.name="{column.name}" '
                    f'attr.type="{_TYPES[column.kind]}"><desc>{xml.escape(column.meaning)}</desc></key>\n'
                )
        out.write(f'<graph edgedefault="{"directed" if sheet.directed else "undirected"}">\n')
        for name, value in sheet.about.items():
            out.write(f'<data key="graph.{name}">{xml.escape(value)}</data>\n')
        starts = _starts("node", sheet.nodes)
        for identifier, *values in sheet.node_rows():
            out.write(f"<node id={xml.quoteattr(identifier)}>{_data(starts, values)}</node>\n")
        starts, quoted = _starts("edge", sheet.ties), [xml.quoteattr(identifier) for identifier in sheet.ids]
        for source, target, *values in sheet.tie_rows():
            out.write(f"<edge source={quoted[source]} target={quoted[target]}>{_data(starts, values)}</edge>\n")
        out.write("</graph>\n</graphml>\n")


def read(path: Path) -> Iterator[Head | Row]:
    """What the file says, by what it declares."""
    keys: dict[str, tuple[str, Kind]] = {}
    columns: dict[str, list[tuple[str, Kind]]] = {"graph": [], "node": [], "edge": []}
    opening, closing = (f"{{{_SPACE}}}graph",), tuple(f"{{{_SPACE}}}{name}" for name in ("key", "node", "edge"))
    for element in xml.elements(path, opening=opening, closing=closing):
        name = element.tag.rpartition("}")[2]
        given = element.attrib
        if name == "key":
            keys[given["id"]] = given["attr.name"], _KINDS[given["attr.type"]]
            columns[given["for"]].append(keys[given["id"]])
        elif name == "graph":
            yield Head(given["edgedefault"] == "directed", tuple(columns["node"]), tuple(columns["edge"]))
        elif name == "node":
            yield (NODE, given["id"], *_values(element, keys, columns[name]))
        else:
            yield (TIE, given["source"], given["target"], *_values(element, keys, columns[name]))


def _starts(domain: str, columns: Sequence[Column]) -> list[str]:
    return [f'<data key="{domain}.{column.name}">' for column in columns]


def _data(starts: Sequence[str], values: Sequence[Any]) -> str:
    return "".join(
        f"{start}{xml.escape(value) if isinstance(value, str) else repr(value)}</data>"
        for start, value in zip(starts, values, strict=True)
        if value != ""
    )


def _values(element: Element, keys: dict[str, tuple[str, Kind]], columns: Sequence[tuple[str, Kind]]) -> list[Any]:
    found = {}
    for data in element:
        name, kind = keys[data.attrib["key"]]
        found[name] = xml.READ[kind](data.text or "")
    return [found.get(name, "") for name, _ in columns]


FORM: Final = Form(
    name="graphml",
    extension="graphml",
    media_type="application/graphml+xml",
    title="GraphML, for Gephi, yEd, Cytoscape, networkx, igraph",
    loses="nothing; dates are texts, since GraphML has no type for them",
    write=write,
    read=read,
    says=saying.without_dates,
)
