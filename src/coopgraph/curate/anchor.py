"""Anchoring: every span is tied to the digest of its text, read from the documents or recorded before."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from coopgraph.curate.texts import Texts, digest
from coopgraph.model.document import Document, Span
from coopgraph.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

HEADER: Final = ("start", "end", "sha256")


def anchor(
    spans: Iterable[Span], documents: Mapping[str, Document], recorded: Mapping[Span, str], texts: Texts | None
) -> tuple[dict[Span, str], list[Problem]]:
    """The digest of each span, and what is wrong.

    Where a document is at hand its own digest is checked, the span is read anew and compared with the record; where it
    is not, the recorded digest stands in.
    """
    problems: list[Problem] = []
    read = {identifier: _text(document, texts, problems) for identifier, document in documents.items()}
    anchored: dict[Span, str] = {}
    for span in sorted(set(spans)):
        text = read[span.document]
        place = f"graph/spans/{span.document}.csv"
        if text is not None:
            anchored[span] = digest(text[span.start : span.end])
            if span in recorded and recorded[span] != anchored[span]:
                message = f"The text of {span.start}-{span.end} is not the one recorded."
                problems.append(Problem(place, 0, 0, message, "Remove the line if the new text is right."))
        elif span in recorded:
            anchored[span] = recorded[span]
        else:
            message = f"{span.start}-{span.end} has no recorded digest and the document is not at hand."
            problems.append(Problem(place, 0, 0, message, "Build once with --documents."))
    return anchored, problems


def read_recorded(directory: Path, problems: list[Problem]) -> dict[Span, str]:
    """The digests recorded in `directory`, one table a document."""
    recorded: dict[Span, str] = {}
    for file in sorted(directory.glob("*.csv")):
        name = f"graph/spans/{file.name}"
        with file.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            if tuple(next(rows, ())) != HEADER:
                problems.append(Problem(name, 1, 1, "The header is not the expected one.", f"Use {','.join(HEADER)}."))
                continue
            for row in rows:
                if len(row) != len(HEADER) or not (row[0].isdecimal() and row[1].isdecimal() and len(row[2]) == 64):
                    problems.append(
                        Problem(name, rows.line_num, 1, "This is no recorded span.", "Build once with --documents.")
                    )
                    continue
                recorded[Span(file.stem, int(row[0]), int(row[1]))] = row[2]
    return recorded


def span_table(document: str, anchored: Mapping[Span, str]) -> str:
    """The record of one document's spans as it is kept in the repository, sorted by position."""
    rows = [f"{span.start},{span.end},{value}" for span, value in sorted(anchored.items()) if span.document == document]
    return "\n".join([",".join(HEADER), *rows]) + "\n"


def _text(document: Document, texts: Texts | None, problems: list[Problem]) -> str | None:
    text = None if texts is None else texts.read(document.id)
    if text is None or (len(text) == document.length and digest(text) == document.digest):
        return text
    problems.append(
        Problem(
            "graph/documents.ttl",
            0,
            0,
            f"The text at hand of document {document.id} is not the one described"
            f" ({len(text)} code points, digest {digest(text)}).",
            "A changed text is another document: give it an id of its own.",
        )
    )
    return None
