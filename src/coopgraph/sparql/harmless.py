"""Texts without calls to other servers that are SPARQL just if others with such calls are.

Who sends a text that is refused for its calls is told of a mistake in it first, as with any other text.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.lexer import Kind, place, reading
from coopgraph.sparql.policy import MOST_TOKENS, admit, admit_update, in_prologue, variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coopgraph.sparql.lexer import Token

# Where SERVICE may stand, GRAPH may, and the same may follow; and whatever LOAD SILENT may load, it may be this.
_GRAPH: Final = "GRAPH"
_NOTHING: Final = "SILENT <x:>"

_LONGEST: Final = 1 << 16
"""Texts of more characters are refused without being read for mistakes, which takes time that nobody gains from."""


def query(text: str) -> str | None:
    """The query without calls, every other token in its place; None if it cannot be made so or is too long to try.

    Raises:
        CoopgraphError: "syntax", with line and column, if no reading of the text reaches the end.
    """
    if len(text) > _LONGEST:
        return None
    text, found = _read(text)
    harmless = _replaced(text, _services(found))
    return harmless if _passes(harmless, admit) else None


@dataclass(frozen=True, slots=True)
class HarmlessUpdate:
    """An update without calls that fails when it is carried out, and the line of it that was not there before."""

    text: str
    line: int

    def line_before(self, line: int) -> int:
        """Where something stood before that line was there."""
        return line if line < self.line else line - 1


def update(text: str) -> HarmlessUpdate | None:
    """The update without calls; None if it cannot be made so or is too long to try.

    Raises:
        CoopgraphError: "syntax", with line and column, if no reading of the text reaches the end or LOAD has nothing
            to load.
    """
    if len(text) > _LONGEST:
        return None
    text, found = _read(text)
    # Operations are carried out in turn, and nobody can have made a graph of this name.
    failing = f"DROP GRAPH <urn:uuid:{uuid.uuid4()}> ;\n"
    start = next((token.start for token in found if not in_prologue(token)), len(text))
    line, column = place(text, start)
    first = (start, start, failing + " " * (column - 1))
    harmless = _replaced(text, [first, *_services(found), *_loads(text, found)])
    return HarmlessUpdate(harmless, line + 1) if _passes(harmless, admit_update) else None


def _read(text: str) -> tuple[str, tuple[Token, ...]]:
    failures = []
    for variant in variants(text):
        try:
            return variant, reading(variant, most=MOST_TOKENS)
        except CoopgraphError as error:
            failures.append(error)
    raise failures[0]


def _passes(text: str, admitted: Callable[[str], object]) -> bool:
    try:
        admitted(text)
    except CoopgraphError as error:
        # What is wrong otherwise is for the engine to tell.
        return error.code != "forbidden"
    return True


def _services(found: Sequence[Token]) -> Iterable[tuple[int, int, str]]:
    for token, after in zip(found, [*found[1:], None], strict=True):
        if _is(token, "SERVICE"):
            silent = after is not None and _is(after, "SILENT")
            yield token.start, after.end if silent and after is not None else token.end, _GRAPH


def _loads(text: str, found: Sequence[Token]) -> Iterable[tuple[int, int, str]]:
    for index, token in enumerate(found):
        if not _is(token, "LOAD"):
            continue
        rest = [one for one in found[index + 1 : index + 3] if not _is(one, "SILENT")]
        if not rest or rest[0].kind not in {Kind.IRI, Kind.PREFIXED}:
            line, column = place(text, token.start)
            raise CoopgraphError("syntax", "LOAD names nothing to load.", line=line, column=column)
        yield token.end, rest[0].end, f" {_NOTHING}"


def _is(token: Token, word: str) -> bool:
    return token.kind is Kind.WORD and token.text.upper() == word


def _replaced(text: str, parts: Iterable[tuple[int, int, str]]) -> str:
    """The text with these parts replaced, and blanks after them, so that what follows stays in its line and column."""
    pieces, done = [], 0
    for start, end, instead in sorted(parts):
        blanks = "".join(letter if letter == "\n" else " " for letter in text[start:end])
        pieces += [text[done:start], instead, blanks[len(instead) :] if "\n" not in blanks else blanks]
        done = end
    return "".join([*pieces, text[done:]])
