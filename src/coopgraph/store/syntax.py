"""Turns the engine's syntax errors into ours: place apart from text, and text that a person can read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from pathlib import Path

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# The engine lists single-character classes, such as ['0'..='9'], among what it expected; nobody can act on them.
_TOKEN: Final = re.compile(r""""(?:[^"\\]|\\.)*"|\[(?:'(?:[^'\\]|\\.[^']*)'|[^\]'])*\]|[^,"\[]+""", re.DOTALL)


def query_error(error: SyntaxError | ValueError) -> CoopgraphError:
    """The error for a query that the engine does not take: "request", or "syntax" if it could not be parsed.

    Line and column count code points from one.
    """
    if isinstance(error, UnicodeEncodeError):
        return CoopgraphError("syntax", "The query holds half of a surrogate pair, which is no character.")
    if not isinstance(error, SyntaxError):
        return CoopgraphError("request", f"{error}.")
    match = _PLACE.fullmatch(str(error.msg))
    if match is None:
        return CoopgraphError("syntax", f"The query is not SPARQL 1.1: {error.msg}.")
    line, column, expected = match.groups()
    return CoopgraphError(
        "syntax", f"The query is not SPARQL 1.1: {_reason(expected)}.", line=int(line), column=int(column)
    )


def file_error(error: SyntaxError, path: Path, *, first_line: int = 1) -> CoopgraphError:
    """The "syntax" error for an RDF file of which a part that begins at `first_line` could not be parsed."""
    line = None if error.lineno is None else error.lineno + first_line - 1
    place = f"{path.name}:{line}" if line else path.name
    return CoopgraphError("syntax", f"{place} is not N-Quads: {error.msg}.", line=line, column=error.offset)


def _reason(expected: str) -> str:
    items = [item.strip() for item in _TOKEN.findall(expected.removeprefix("expected ").removeprefix("one of "))]
    items = [item for item in items if item and not item.startswith("[")]
    sentences = [item for item in items if " " in item and not item.startswith('"')]
    if sentences:
        first = str(sentences[0])
        return first[0].lower() + first[1:].rstrip(".")
    return f"expected {' or '.join(items)}" if items else "unexpected text or end of text"
