"""The claims tables: one claim a line, each cell checked, every mistake told with its line and column."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph.curate import values
from coopgraph.model.claim import Claim, Statement
from coopgraph.model.document import Document, Span
from coopgraph.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coopgraph.model.ontology import Ontology, Property

COLUMNS: Final = (
    *("subject", "predicate", "object", "value", "lang", "role", "factuality", "polarity", "rank"),
    *("attributed_to", "valid_from", "valid_until", "evidence", "note"),
)
BACKGROUND: Final = "background"
_LOCAL_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_SPAN: Final = re.compile(r"(0|[1-9][0-9]{0,8})-([1-9][0-9]{0,8})")
_OUTSIDE: Final = {f"skos:{name}": terms.PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "hiddenLabel")}


class _CellError(Exception):
    def __init__(self, column: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.column, self.message, self.remedy = column, message, remedy


@dataclass(slots=True)
class Tables:
    """Reads claims tables against the ontology, the known things and the documents; collects what is wrong."""

    ontology: Ontology
    things: frozenset[NamedNode]
    documents: Mapping[str, Document]
    problems: list[Problem]
    _seen: dict[tuple[str, Statement], int] = field(default_factory=dict)

    def read(self, file: Path) -> list[Claim]:
        """The claims of one table; lines with mistakes are left out and told in `problems`."""
        name = f"{file.parent.parent.name}/{file.parent.name}/{file.name}"
        try:
            lines = file.read_bytes().decode("utf-8").splitlines(keepends=False)
        except UnicodeDecodeError as error:
            self.problems.append(
                Problem(name, 0, 0, f"The file is not UTF-8 (byte {error.start}).", "Save it as UTF-8.")
            )
            return []
        if not lines or not _is_header(lines[0]):
            self.problems.append(
                Problem(name, 1, 1, "The header is not the expected one.", f"Use {','.join(COLUMNS)}.")
            )
            return []
        if file.stem != BACKGROUND and file.stem not in self.documents:
            self.problems.append(
                Problem(name, 0, 0, f"There is no document {file.stem}.", "Describe it in graph/documents.ttl.")
            )
            return []
        claims = []
        previous: tuple[str, ...] = ()
        for number, line in enumerate(lines[1:], 2):
            cells: tuple[str, ...] = ()
            try:
                cells = _cells(line)
                claims.append(self._claim(cells, file.stem, number))
                if cells < previous:
                    raise _CellError("subject", "The lines are not sorted.", "Sort the table by all its columns.")
            except _CellError as error:
                column = COLUMNS.index(error.column) + 1
                self.problems.append(Problem(name, number, column, f"{error.column}: {error.message}", error.remedy))
            previous = cells
        return claims

    def _claim(self, cells: tuple[str, ...], document: str, number: int) -> Claim:
        if len(cells) != len(COLUMNS):
            raise _CellError("subject", f"{len(cells)} cells instead of {len(COLUMNS)}.", "Give every column a cell.")
        row = dict(zip(COLUMNS, cells, strict=True))
        for column, cell in row.items():
            if cell != cell.strip() or "  " in cell:
                raise _CellError(column, "The cell has stray white space.", "Remove it.")
        predicate = self._property(row["predicate"])
        statement = Statement(
            subject=self._thing(row, "subject"),
            predicate=predicate.iri,
            object=self._object(row, predicate),
            factuality=self._concept("factuality", row["factuality"], ""),
            polarity=self._concept("polarity", row["polarity"], "affirmed"),
            role=self._concept("role", row["role"], "") if row["role"] else None,
            attributed_to=self._thing(row, "attributed_to") if row["attributed_to"] else None,
            valid_from=self._date(row, "valid_from"),
            valid_until=self._date(row, "valid_until"),
        )
        first = self._seen.setdefault((document, statement), number)
        if first != number:
            raise _CellError("subject", f"This is claimed already in line {first}.", "Join the evidence of both lines.")
        rank = self._concept("rank", row["rank"], "normal")
        if document == BACKGROUND:
            return Claim(statement, rank, "", (), self._records(row["evidence"]), row["note"])
        return Claim(statement, rank, document, self._spans(row["evidence"], self.documents[document]), (), row["note"])

    def _thing(self, row: Mapping[str, str], column: str) -> NamedNode:
        kind, _, slug = row[column].partition("/")
        if not terms.SLUG.fullmatch(slug) or not (kind.isascii() and kind.isalpha()):
            raise _CellError(column, f"{row[column]!r} is no kind/slug.", "Write it like actor/asean.")
        thing = NamedNode(terms.ID + row[column])
        if thing not in self.things:
            raise _CellError(
                column, f"{row[column]} is not in the registry.", f"Describe it under graph/entities ({kind})."
            )
        return thing

    def _concept(self, scheme: str, slug: str, default: str) -> NamedNode:
        concept = _known_concept(self.ontology, scheme, slug or default)
        if concept is None:
            raise _CellError(scheme, f"{slug!r} is not in the scheme {scheme}.", f"See ontology/vocab/{scheme}.ttl.")
        return concept

    def _property(self, name: str) -> Property:
        # Names are looked up only if they can be part of an IRI; no other cell can be a property.
        known = name in _OUTSIDE or _LOCAL_NAME.fullmatch(name)
        found = self.ontology.properties.get(NamedNode(_OUTSIDE.get(name, terms.NS + name))) if known else None
        if found is None:
            raise _CellError(
                "predicate", f"{name!r} is no property.", "Use the local name of one in ontology/coopgraph.ttl."
            )
        return found

    def _object(self, row: Mapping[str, str], predicate: Property) -> NamedNode | Literal:
        if bool(row["object"]) == bool(row["value"]):
            raise _CellError("object", "Exactly one of object and value must be given.", "Empty one of the two.")
        if predicate.literal != bool(row["value"]):
            right, wrong = ("value", "object") if predicate.literal else ("object", "value")
            raise _CellError(wrong, f"{row['predicate']} takes no {wrong}.", f"Use the column {right}.")
        if row["value"]:
            try:
                return values.literal(row["value"], row["lang"], predicate.range)
            except ValueError as error:
                raise _CellError("value", f"{error}.", "Correct the value.") from error
        if ":" in row["object"]:
            scheme, _, slug = row["object"].partition(":")
            concept = _known_concept(self.ontology, scheme, slug)
            if concept is None:
                raise _CellError("object", f"{row['object']} is no concept.", f"See ontology/vocab/{scheme}.ttl.")
            return concept
        return self._thing(row, "object")

    def _date(self, row: Mapping[str, str], column: str) -> Literal | None:
        try:
            return values.date(row[column]) if row[column] else None
        except ValueError as error:
            raise _CellError(column, f"{error}.", "Correct the date.") from error

    def _records(self, cell: str) -> tuple[NamedNode, ...]:
        if not cell:
            raise _CellError(
                "evidence", "Background needs a record.", "Name a record/slug of graph/entities/records.ttl."
            )
        return tuple(self._thing({"evidence": record}, "evidence") for record in cell.split(" "))

    def _spans(self, cell: str, document: Document) -> tuple[Span, ...]:
        spans = []
        for text in cell.split(" "):
            match = _SPAN.fullmatch(text)
            if match is None:
                raise _CellError("evidence", f"{text!r} is no span.", "Write start-end in code points, like 512-621.")
            span = Span(document.id, int(match[1]), int(match[2]))
            if not span.start < span.end <= document.length:
                remedy = f"The document has {document.length} code points."
                raise _CellError("evidence", f"{text} does not lie in the document.", remedy)
            for zone in document.zones:
                if span.start < zone.end and zone.start < span.end:
                    raise _CellError(
                        "evidence",
                        f"{text} touches {zone.start}-{zone.end}, which is no content.",
                        "Cite the text proper, or correct the zone in graph/documents.ttl.",
                    )
            spans.append(span)
        if spans != sorted(set(spans)):
            raise _CellError("evidence", "The spans are not in order or not distinct.", "Sort them by position.")
        return tuple(spans)


def _is_header(line: str) -> bool:
    try:
        return _cells(line) == COLUMNS
    except _CellError:
        return False


def _cells(line: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([line]), []))
    except csv.Error as error:
        raise _CellError("subject", f"The line cannot be read: {error}.", "Write it as RFC 4180 has it.") from error


def _known_concept(ontology: Ontology, scheme: str, slug: str) -> NamedNode | None:
    if not (terms.SLUG.fullmatch(scheme) and terms.SLUG.fullmatch(slug)):
        return None
    concept = NamedNode(f"{terms.VOCAB}{scheme}/{slug}")
    return concept if concept in ontology.concepts else None
