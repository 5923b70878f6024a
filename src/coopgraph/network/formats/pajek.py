"""Pajek networks (.net), in UTF-8."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from coopgraph.network.formats.form import Form
from coopgraph.network.formats.saying import text
from coopgraph.network.formats.sheet import NODE, TIE, Head, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from coopgraph.network.formats.sheet import Column, Row, Sheet

_BARE: Final = re.compile(r"[A-Za-z0-9_.:/?&=%~+@#-]+")
_PART: Final = re.compile(r'"([^"]*)"|(\S+)')


def write(sheet: Sheet, path: Path) -> None:
    """Vertices are named by their labels, the line value is a tie's strength, all else are attributes.

    Pajek reads UTF-8; a byte order mark is left out because networkx and igraph stumble over it. Gephi stumbles over a
    second text in quotes, so only what needs them has them.
    """
    names, rest = vertex_names(sheet), _without_labels(sheet)
    titles = ("iri", *_titles(rest.nodes))
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"*Vertices {sheet.n}\n")
        for number, (name, (identifier, *values)) in enumerate(zip(names, rest.node_rows(), strict=True), start=1):
            extra = _attributes(titles, (identifier, *values))
            out.write(f"{number} {_quoted(name)} 0.0 0.0 ellipse{extra}\n")
        out.write("*Arcs\n" if sheet.directed else "*Edges\n")
        titles = _titles(sheet.ties)
        for source, target, strength, *values in sheet.tie_rows():
            extra = _attributes(titles, (strength, *values))
            out.write(f"{source + 1} {target + 1} {strength!r}{extra}\n")


def read(path: Path) -> Iterator[Head | Row]:
    """What the file says; Pajek declares no types, so every value is a text."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        vertices = [_parts(next(lines)) for _ in range(int(next(lines).split()[1]))]
        directed = next(lines).strip() == "*Arcs"
        rows = [_pairs(parts[5:]) for parts in vertices]
        ids = [row.pop("iri") for row in rows]
        yield _head(directed, (name for row in rows for name in row))
        for identifier, parts, row in zip(ids, vertices, rows, strict=True):
            yield (NODE, identifier, parts[1], *(f"{name}={value}" for name, value in row.items()))
        for line in lines:
            source, target, value, *extra = _parts(line)
            found = _pairs(extra)
            if found["strength"] != value:
                raise ValueError("a line value is not the strength of the tie")
            yield (TIE, ids[int(source) - 1], ids[int(target) - 1], *(f"{name}={one}" for name, one in found.items()))


def says(sheet: Sheet) -> Iterator[Head | Row]:
    """Names and texts; quotation marks and backslashes have no place in a Pajek string and are replaced."""
    rest = _without_labels(sheet)
    columns = (column.name for column in rest.nodes if any(plain(text(value)) for value in column.plain()))
    yield _head(sheet.directed, columns)
    titles, ties = _titles(rest.nodes), _titles(sheet.ties)
    for name, (identifier, *values) in zip(vertex_names(sheet), rest.node_rows(), strict=True):
        yield (NODE, plain(identifier), name, *_said(titles, values))
    ids = [plain(identifier) for identifier in sheet.ids]
    for source, target, *values in sheet.tie_rows():
        yield (TIE, ids[source], ids[target], *_said(ties, values))


def vertex_names(sheet: Sheet) -> list[str]:
    """The label of each node; where several share one, the number of the vertex follows in brackets."""
    labels = [
        plain(label) or plain(iri) for iri, label in zip(sheet.ids, sheet.node_column("label").plain(), strict=True)
    ]
    often = Counter(labels)
    taken: set[str] = set()
    names = []
    for number, label in enumerate(labels, start=1):
        name = label if often[label] == 1 else f"{label} ({number})"
        while name in taken or (name != label and name in often):
            name += "'"
        taken.add(name)
        names.append(name)
    return names


def plain(value: str) -> str:
    """The text without the two characters that Pajek cannot write inside a quoted string."""
    return value.replace('"', "'").replace("\\", "/").strip()


def _without_labels(sheet: Sheet) -> Sheet:
    """The sheet without the column that the names of the vertices show."""
    return replace(sheet, nodes=tuple(column for column in sheet.nodes if column.name != "label"))


def _titles(columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)


def _head(directed: bool, names: Iterable[str]) -> Head:
    return Head(directed, tuple((name, Kind.TEXT) for name in sorted(set(names))), ())


def _parts(line: str) -> list[str]:
    return [quoted or bare for quoted, bare in _PART.findall(line)]


def _pairs(parts: Sequence[str]) -> dict[str, str]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _said(titles: Sequence[str], values: Sequence[object]) -> Iterator[str]:
    return (f"{title}={said}" for title, value in zip(titles, values, strict=True) if (said := plain(text(value))))


def _attributes(titles: Sequence[str], values: Sequence[object]) -> str:
    pairs = zip(titles, (plain(text(value)) for value in values), strict=True)
    return "".join(f" {title} {value if _BARE.fullmatch(value) else _quoted(value)}" for title, value in pairs if value)


def _quoted(value: str) -> str:
    return f'"{value}"'


FORM: Final = Form(
    name="pajek",
    extension="net",
    media_type="text/vnd.pajek",
    title="Pajek network",
    loses="types: every attribute is a text; quotation marks and backslashes in labels; empty texts are left out",
    write=write,
    read=read,
    says=says,
    companions=("clu", "communities.clu", "vec", "nodes.csv"),
)
