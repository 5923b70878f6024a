"""Pages of a named question by keyset: the next page begins after the last row of this one, by its values.

Each row is placed by a list of keys that no two different rows share: the columns that the question is ordered by,
then all others. The engine compares the keys, so a page costs no more than the rows that are on it are worth.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph.curate import questions
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import BlankNode, Triple

    from coopgraph.curate.parameters import Value
    from coopgraph.curate.questions import Column, Question

    Row = Sequence[NamedNode | BlankNode | Literal | Triple | None]

_NUMBERS: Final = ("integer", "number")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_DECIMAL: Final = NamedNode(terms.PREFIXES["xsd"] + "decimal")
LONGEST: Final = 8_000
"""No token is longer than this many characters."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One key: how the engine computes it, whether it is a number, and which way it runs."""

    expression: str
    number: bool
    descending: bool


def page_query(
    question: Question,
    values: Mapping[str, Value | None],
    *,
    limit: int,
    after: Sequence[str] = (),
    base: str = terms.BASE,
) -> str:
    """The query for at most `limit` rows, each once, in the question's order; those after the row with these keys.

    Raises:
        ValueError: if the values are not those of the question, or the keys cannot be those of a row.
    """
    parts = _parts(question)
    columns = " ".join(f"?{column.name}" for column in question.columns)
    condition = f"  FILTER({_later(parts, after)})\n" if after else ""
    order = " ".join(f"DESC({part.expression})" if part.descending else part.expression for part in parts)
    return (
        f"{terms.rebase(question.prologue, base)}SELECT DISTINCT {columns} WHERE {{\n"
        f"{{\n{questions.body(question, values, base=base)}\n}}\n{condition}}}\nORDER BY {order}\nLIMIT {limit}\n"
    )


def keys(question: Question, row: Row) -> tuple[str, ...]:
    """The keys of a row of the question's answer, as `page_query` takes them."""
    cells = dict(zip((column.name for column in question.columns), row, strict=True))
    found: list[str] = []
    for column, _ in _ordered(question):
        cell = cells[column.name]
        text = "" if cell is None else str(getattr(cell, "value", cell))
        if column.kind in _NUMBERS:
            found += ["0" if cell is None else "1", text or "0"]
        found += [text]
        if column.kind == "text":
            found += [cell.language or "" if isinstance(cell, Literal) else ""]
    return tuple(found)


def token(question: Question, row: Row, *, bound_to: str) -> str:
    """What a reader brings back to get the rows after this one; it is worth nothing with another `bound_to`.

    Raises:
        CoopgraphError: "too-large" if the row holds more text than an address can.
    """
    written = json.dumps([_seal(question, bound_to), *keys(question, row)], ensure_ascii=False, separators=(",", ":"))
    found = base64.urlsafe_b64encode(written.encode("utf-8", "surrogatepass")).decode().rstrip("=")
    if len(found) > LONGEST:
        raise CoopgraphError(
            "too-large",
            "The last row holds too much text for a link to the next rows.",
            remedy="Ask without limit, or in SPARQL.",
        )
    return found


def after(question: Question, text: str, *, bound_to: str) -> tuple[str, ...]:
    """The keys in a token.

    Raises:
        CoopgraphError: "request" if it is none of this question, or was given out for another `bound_to`.
    """
    try:
        if len(text) > LONGEST:
            raise ValueError
        decoded = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        seal, *found = json.loads(decoded.decode())
        sound = all(isinstance(one, str) for one in (seal, *found)) and len(found) == len(_parts(question))
        if not sound or seal != _seal(question, bound_to):
            raise ValueError
        _later(_parts(question), found)
    except (ValueError, TypeError, RecursionError) as error:
        raise CoopgraphError(
            "request",
            "The place to go on from, after, is none of this question with these values and in this release.",
            remedy="Follow the link to the next rows as it was given, or begin again without after.",
        ) from error
    return tuple(found)


def _seal(question: Question, bound_to: str) -> str:
    return hashlib.sha256(f"{question.name}\x1f{bound_to}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _ordered(question: Question) -> list[tuple[Column, bool]]:
    by_name = {column.name: column for column in question.columns}
    first = {key.column: key.descending for key in question.order}
    rest = {name: False for name in by_name if name not in first}
    return [(by_name[name], descending) for name, descending in (first | rest).items()]


def _parts(question: Question) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    for column, descending in _ordered(question):
        name = f"?{column.name}"
        if column.kind in _NUMBERS:
            # A row without a number has no place among the numbers, so it stands before them all.
            parts.append(_Part(f"IF(BOUND({name}), 1, 0)", True, descending))
            parts.append(_Part(f"COALESCE({name}, 0)", True, descending))
        # Dates of unequal precision are compared as they are written: year, month, day.
        parts.append(_Part(f'COALESCE(STR({name}), "")', False, descending))
        if column.kind == "text":
            parts.append(_Part(f'COALESCE(LANG({name}), "")', False, descending))
    return tuple(parts)


def _later(parts: Sequence[_Part], after: Sequence[str]) -> str:
    """The condition that a row comes after the row with these keys."""
    pairs = [(part, _literal(part, text)) for part, text in zip(parts, after, strict=True)]
    condition = "false"
    for part, literal in reversed(pairs):
        sign = "<" if part.descending else ">"
        condition = f"({part.expression} {sign} {literal} || ({part.expression} = {literal} && {condition}))"
    return condition


def _literal(part: _Part, text: str) -> Literal:
    if not part.number:
        return Literal(text)
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is no number")
    return Literal(text, datatype=_DECIMAL)
