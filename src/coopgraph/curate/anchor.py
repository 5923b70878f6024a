"""Anchoring: every span is tied to the digest of its text, read from the documents or recorded before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coopgraph.curate.texts import Texts, digest
from coopgraph.model.document import Document, Span
from coopgraph.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

HEADER: Final = ("start", "end", "sha256")
_RECORDED: Final = re.compile(r"([0-9]{1,9}),([0-9]{1,9}),([0-9a-f]{64})")


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
        # What is no UTF-8 is no recorded span either, and is told by its line.
        header, *lines = file.read_bytes().decode("utf-8", "replace").splitlines() or [""]
        if header != ",".join(HEADER):
            problems.append(Problem(name, 1, 1, "The header is not the expected one.", f"Use {','.join(HEADER)}."))
            continue
        for number, line in enumerate(lines, 2):
            match = _RECORDED.fullmatch(line)
            if match is None:
                problems.append(Problem(name, number, 1, "This is no recorded span.", "Build once with --documents."))
                continue
            recorded[Span(file.stem, int(match[1]), int(match[2]))] = match[3]
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
