"""GEXF 1.3: static, or dynamic with a lifetime for what is dated.

Gephi itself reads the weight of an edge in single precision; the attribute strength has all its digits there too.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from coopgraph.network.formats import lifetimes, saying, xml
from coopgraph.network.formats.form import Form
from coopgraph.network.formats.sheet import NODE, TIE, Head, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from coopgraph.network.formats.sheet import Column, Row, Sheet

SPACE: Final = "http://gexf.net/1.3"
_TYPES: Final = {Kind.TEXT: "string", Kind.DATE: "string", Kind.WHOLE: "integer", Kind.REAL: "double"}
_KINDS: Final = {"string": Kind.TEXT, "integer": Kind.WHOLE, "double": Kind.REAL}
_LABEL: Final = ("label", Kind.TEXT)
_BOUNDS: Final = (("first", "start"), ("last", "end"))


def write_static(sheet: Sheet, path: Path) -> None:
    """First and last days are attributes like others."""
    _write(sheet, path, "", lambda _: "")


def write_dynamic(sheet: Sheet, path: Path) -> None:
    """First and last days are attributes, and the start and end of nodes and ties too; what is open has none."""
    _write(sheet, path, 'timeformat="date" ', _lifetime)


def read(path: Path, *, dynamic: bool) -> Iterator[Head | Row]:
    """What the file says, by what it declares; in a dynamic one, days come from start and end."""
    columns: dict[str, list[tuple[str, str, Kind]]] = {"node": [], "edge": []}
    opening = (f"{{{SPACE}}}graph", f"{{{SPACE}}}nodes")
    closing = tuple(f"{{{SPACE}}}{name}" for name in ("attributes", "node", "edge"))
    directed = False
    for element in xml.elements(path, opening=opening, closing=closing):
        name, given = element.tag.rpartition("}")[2], element.attrib
        if name == "graph":
            directed = given["defaultedgetype"] == "directed"
            if (given["mode"] == "dynamic") is not dynamic:
                raise ValueError("the mode of the graph is another one")
        elif name == "attributes":
            for one in element:
                columns[given["class"]].append((one.attrib["id"], one.attrib["title"], _KINDS[one.attrib["type"]]))
        elif name == "nodes":
            nodes, ties = (tuple((title, kind) for _, title, kind in columns[domain]) for domain in ("node", "edge"))
            yield Head(directed, (_LABEL, *nodes), ties)
        elif name == "node":
            yield (NODE, given["id"], given["label"], *_values(element, columns[name], dynamic=dynamic))
        elif name == "edge":
            values = _values(element, columns[name], dynamic=dynamic)
            if float(given["weight"]) != values[0]:
                raise ValueError("the weight of a tie is not its strength")
            yield (TIE, given["source"], given["target"], *values)


def _write(sheet: Sheet, path: Path, timing: str, lifetime: Callable[[dict[str, Any]], str]) -> None:
    if sheet.nodes[0].name != "label" or sheet.ties[0].name != "strength":
        raise ValueError("GEXF wants the label of a node and the strength of a tie first")
    nodes, ties = sheet.nodes[1:], sheet.ties
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="{SPACE}" version="1.3">\n')
        # A date of making would tell equal networks apart.
        told = "; ".join(f"{name}: {value}" for name, value in sheet.about.items())
        told += f"; weight: strength. {lifetimes.RULE}" if timing else "; weight: strength"
        out.write(f"<meta><creator>coopgraph</creator><description>{xml.escape(told)}</description></meta>\n")
        mode, kind = "dynamic" if timing else "static", "directed" if sheet.directed else "undirected"
        out.write(f'<graph mode="{mode}" {timing}defaultedgetype="{kind}">\n')
        for domain, columns in (("node", nodes), ("edge", ties)):
            out.write(f'<attributes class="{domain}" mode="static">\n')
            for place, column in enumerate(columns):
                title, typed = xml.quoteattr(column.name), _TYPES[column.kind]
                out.write(f'<attribute id="{place}" title={title} type="{typed}"/>\n')
            out.write("</attributes>\n")
        out.write("<nodes>\n")
        for identifier, label, *values in sheet.node_rows():
            named = f"<node id={xml.quoteattr(identifier)} label={xml.quoteattr(label)}"
            out.write(f"{named}{lifetime(_by_name(nodes, values))}>{_attvalues(values)}</node>\n")
        out.write("</nodes>\n<edges>\n")
        quoted = [xml.quoteattr(identifier) for identifier in sheet.ids]
        for place, (source, target, *values) in enumerate(sheet.tie_rows()):
            named = f'<edge id="{place}" source={quoted[source]} target={quoted[target]} weight="{values[0]!r}"'
            out.write(f"{named}{lifetime(_by_name(ties, values))}>{_attvalues(values)}</edge>\n")
        out.write("</edges>\n</graph>\n</gexf>\n")


def _by_name(columns: Sequence[Column], values: Sequence[Any]) -> dict[str, Any]:
    return {column.name: value for column, value in zip(columns, values, strict=True)}


def _lifetime(values: dict[str, Any]) -> str:
    return "".join(f' {bound}="{values[name]}"' for name, bound in _BOUNDS if values[name])


def _attvalues(values: Sequence[Any]) -> str:
    said = "".join(
        f'<attvalue for="{place}" value={xml.quoteattr(saying.text(value))}/>'
        for place, value in enumerate(values)
        if value != ""
    )
    return f"<attvalues>{said}</attvalues>"


def _values(element: Element, columns: Sequence[tuple[str, str, Kind]], *, dynamic: bool) -> list[Any]:
    texts = {one.attrib["for"]: one.attrib["value"] for one in element.iter(f"{{{SPACE}}}attvalue")}
    if dynamic:
        bounds = dict(_BOUNDS)
        for key, title, _ in columns:
            if title in bounds and element.attrib.get(bounds[title], "") != texts.get(key, ""):
                raise ValueError("a lifetime is not that of the evidence")
    return [xml.READ[kind](texts[key]) if key in texts else "" for key, _, kind in columns]


STATIC: Final = Form(
    name="gexf",
    extension="gexf",
    media_type="application/gexf+xml",
    title="GEXF, for Gephi",
    loses="nothing; dates are texts, and the weight of an edge is its strength",
    write=write_static,
    read=partial(read, dynamic=False),
    says=saying.without_dates,
)
DYNAMIC: Final = Form(
    name="gexf-dynamic",
    extension="dynamic.gexf",
    media_type="application/gexf+xml",
    title="GEXF with lifetimes, for Gephi's timeline",
    loses="nothing; what has no date is open, that is, there at all times",
    write=write_dynamic,
    read=partial(read, dynamic=True),
    says=saying.without_dates,
)
