"""Results of queries that are tables or truths, read from every format in which they come."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree

from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from tests.conformance.manifest import RDF, graph

if TYPE_CHECKING:
    from tests.conformance.terms import Term

_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_SR: Final = "{http://www.w3.org/2005/sparql-results#}"
_ITS: Final = "{http://www.w3.org/2005/11/its}"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

Row = dict[str, "Term"]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of bound variables; `ordered` if their order is part of the result."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """A table of which only the texts are known, as CSV tells it."""

    variables: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def from_json(content: bytes) -> Table | bool:
    """What a body in SPARQL JSON says."""
    told = json.loads(content)
    if "boolean" in told:
        return bool(told["boolean"])
    rows = tuple({name: _json_term(value) for name, value in row.items()} for row in told["results"]["bindings"])
    return Table(tuple(told["head"].get("vars", ())), rows)


def _json_term(told: dict[str, Any]) -> Term:
    value = told["value"]
    match told["type"]:
        case "uri":
            return NamedNode(value)
        case "bnode":
            return _blank(value)
        case "triple":
            return _triple(*(_json_term(value[part]) for part in ("subject", "predicate", "object")))
    return _literal(value, told.get("datatype"), told.get("xml:lang"), told.get("its:dir"))


def from_xml(content: bytes) -> Table | bool:
    """What a body in SPARQL XML says."""
    root = ElementTree.fromstring(content)  # noqa: S314
    truth = root.find(_SR + "boolean")
    if truth is not None:
        return truth.text == "true"
    variables = tuple(one.attrib["name"] for one in root.iterfind(f"{_SR}head/{_SR}variable"))
    rows = tuple(
        {one.attrib["name"]: _xml_term(one[0]) for one in row} for row in root.iterfind(f"{_SR}results/{_SR}result")
    )
    return Table(variables, rows)


def _xml_term(element: ElementTree.Element) -> Term:
    text = element.text or ""
    match element.tag.removeprefix(_SR):
        case "uri":
            return NamedNode(text.strip())
        case "bnode":
            return _blank(text.strip())
        case "triple":
            return _triple(*(_xml_term(element.find(_SR + part)[0]) for part in ("subject", "predicate", "object")))  # type: ignore[index]
    return _literal(text, element.get("datatype"), element.get(_XML_LANG), element.get(_ITS + "dir"))


def from_tsv(content: bytes) -> Table:
    """What a body in SPARQL TSV says; its terms are those of Turtle."""
    head, *lines = content.decode().removesuffix("\n").split("\n")
    variables = tuple(name.removeprefix("?") for name in head.split("\t") if name)
    rows = []
    for line in lines:
        cells = line.split("\t") if variables else []
        rows.append({name: _turtle_term(cell) for name, cell in zip(variables, cells, strict=True) if cell})
    return Table(variables, tuple(rows))


def _turtle_term(text: str) -> Term:
    (quad,) = parse(f"<urn:x:s> <urn:x:p> {text} .", format=RdfFormat.TURTLE)
    read: Term = quad.object
    return read


def from_csv(content: bytes) -> Cells:
    """What a body in SPARQL CSV says."""
    head, *rows = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    # A line with nothing on it is a row without variables, or one whose only cell is empty.
    return Cells(tuple(head), tuple(tuple(row) if row or not head else ("",) for row in rows))


def from_graph(content: bytes, form: RdfFormat, iri: str) -> Table | bool | None:
    """What a graph in the vocabulary of result sets says; None if it is a graph for its own sake."""
    read = graph(content, iri, form)
    sets = read.subjects(_RS + "ResultSet")
    if not sets:
        return None
    (one,) = sets
    truth = read.text(one, _RS + "boolean")
    if truth:
        return truth == "true"
    solutions = sorted(
        read.all(one, _RS + "solution"), key=lambda solution: int(read.text(solution, _RS + "index") or 0)
    )
    rows = tuple(
        {
            read.text(binding, _RS + "variable"): value
            for binding in read.all(solution, _RS + "binding")
            if (value := read.one(binding, _RS + "value")) is not None
        }
        for solution in solutions
    )
    variables = tuple(value.value for value in read.all(one, _RS + "resultVariable") if isinstance(value, Literal))
    return Table(variables, rows, ordered=any(read.one(solution, _RS + "index") for solution in solutions))


def _blank(name: str) -> BlankNode:
    # Names in results may be spelt as Turtle does not allow.
    return BlankNode("b" + name.removeprefix("_:").encode().hex())


def _triple(subject: Term, predicate: Term, object_: Term) -> Triple:
    return Triple(subject, predicate, object_)  # type: ignore[arg-type]


def _literal(value: str, datatype: str | None, language: str | None, direction: str | None) -> Literal:
    if language:
        towards = None if direction is None else BaseDirection(direction)
        return Literal(value, language=language, direction=towards)
    if datatype in {None, "", RDF + "langString"}:
        return Literal(value)
    return Literal(value, datatype=NamedNode(str(datatype)))
