"""The terminals of SPARQL 1.2, and every way in which a text can be read as them."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Kind(Enum):
    """What a token is."""

    IRI = "IRI"
    STRING = "STRING"
    LANGUAGE = "LANGUAGE"
    VARIABLE = "VARIABLE"
    BLANK = "BLANK"
    PREFIXED = "PREFIXED"
    NUMBER = "NUMBER"
    WORD = "WORD"
    SIGN = "SIGN"


class Token(NamedTuple):
    """A token with its place in the text."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the token ends, exclusive."""
        return self.start + len(self.text)


_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INNER: Final = f"_0-9{_BASE}\u00b7\u0300-\u036f\u203f-\u2040"
_PN: Final = _INNER + r"\-"
# A code point escape that names no character makes the engine give up the terminal, so it must do so here.
_UCHAR: Final = r"\\u(?![dD][89A-Fa-f])[0-9A-Fa-f]{4}|\\U(?!0000[dD][89A-Fa-f])(?:000[0-9A-Fa-f]|0010)[0-9A-Fa-f]{4}"
_CHAR_ESCAPES: Final = rf"\\[tbnrf\"'\\]|{_UCHAR}"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"


def names(guard: str = "") -> tuple[str, str]:
    """What may stand before the colon of a prefixed name, and what after it, as regular expressions.

    With a guard, a pattern that matches nothing but a place, neither holds a character at which it fails.
    """
    first, later = rf"{guard}[_0-9:{_BASE}]|{_PLX}", rf"{guard}[{_PN}:]|{_PLX}|\.++(?=[{_PN}:]|{_PLX})"
    return rf"{guard}[{_BASE}]{_following(guard)}", rf"(?:{first})(?:{later})*+"


def blank(guard: str = "") -> str:
    """A blank node's label as a regular expression; for the guard see `names`."""
    return rf"_:{guard}[_0-9{_BASE}]{_following(guard)}{guard}"


def _following(guard: str) -> str:
    return rf"(?:{guard}[{_PN}]|\.++(?=[{_PN}]))*+"


_PREFIX, _LOCAL = names()
SPACE: Final = r"(?:[ \t\r\n]++|#[^\r\n]*+)*+"
IRI: Final = rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]|{_UCHAR})*+>"
STRING: Final = (
    rf"'''(?:'{{0,2}}(?:[^'\\]|{_CHAR_ESCAPES}))*+'''|\"\"\"(?:\"{{0,2}}(?:[^\"\\]|{_CHAR_ESCAPES}))*+\"\"\""
    rf"|'(?:[^'\\\n\r]|{_CHAR_ESCAPES})*+'|\"(?:[^\"\\\n\r]|{_CHAR_ESCAPES})*+\""
)
LANGUAGE: Final = r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?"
VARIABLE: Final = rf"[?$][{_INNER}]++"
NUMBER: Final = r"(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+"
SIGNS: Final = r"{}()\[\].,;|/^*+!=>&?~\-@"
# In the order in which they are tried.
_PATTERNS: Final = {
    Kind.STRING: STRING,
    Kind.LANGUAGE: LANGUAGE,
    Kind.VARIABLE: VARIABLE,
    Kind.BLANK: blank(),
    Kind.PREFIXED: rf"(?:{_PREFIX})?:(?:{_LOCAL})?",
    Kind.NUMBER: NUMBER,
    Kind.WORD: r"[A-Za-z][A-Za-z0-9_]*+",
    Kind.SIGN: f"[{SIGNS}]",
}


def _any_of(patterns: Mapping[Kind, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in patterns.items()))


_SPACE: Final = re.compile(SPACE)
_IRI: Final = re.compile(IRI)
_ROW: Final = re.compile(_PREFIX)
_TERMINAL: Final = _any_of(_PATTERNS)
_NO_NAMES: Final = _any_of({kind: pattern for kind, pattern in _PATTERNS.items() if kind is not Kind.PREFIXED})
_KINDS: Final = {kind.name: kind for kind in Kind}

# What may stand before `<` where it means "less than".
_OPERANDS: Final = frozenset(Kind) - {Kind.SIGN}
_OPENING: Final = {")": "(", "]": "[", "}": "{"}


def skip_space(text: str, position: int) -> int:
    """The position after white space and comments."""
    match = _SPACE.match(text, position)
    return position if match is None else match.end()


def terminal(text: str, position: int) -> Token | None:
    """The longest token here, an IRI being preferred to a comparison; None if nothing fits."""
    return _found(_TERMINAL, text, position)


class Terminals:
    """The tokens of one text, wherever they are asked for, in time that grows with its length alone.

    A row of words and dots may be the beginning of a prefixed name up to its very end. That it is none is found once
    for the whole row, and not at each word of it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._row = range(0)

    def at(self, position: int) -> Token | None:
        """See `terminal`."""
        token = _found(_NO_NAMES if position in self._row else _TERMINAL, self._text, position)
        if token is not None and token.kind is Kind.WORD and position not in self._row:
            row = _ROW.match(self._text, position)
            self._row = range(position, position if row is None else row.end())
        return token


def _found(pattern: re.Pattern[str], text: str, position: int) -> Token | None:
    if text.startswith("<", position):
        match = _IRI.match(text, position)
        return Token(Kind.SIGN, "<", position) if match is None else Token(Kind.IRI, match[0], position)
    match = pattern.match(text, position)
    return None if match is None or match.lastgroup is None else Token(_KINDS[match.lastgroup], match[0], position)


def place(text: str, position: int) -> tuple[int, int]:
    """Line and column of a position, both counted from one; a carriage return alone ends no line."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def tokens(text: str) -> Iterator[tuple[Token | None, Token]]:
    """Every token of every reading of the text, each with the token before it, in no promised order.

    A `<` after an operand within parentheses may begin an IRI or mean "less than": the grammar says the first, engines
    that read character by character take the second, and the two disagree on what is code. Both are followed.

    Raises:
        CoopgraphError: "syntax", with line and column, if no reading reaches the end; "request" if the readings are
            too many to be followed.
    """
    for chain, complete in _chains(text):
        if chain is not None and not complete:
            token, before = chain
            yield (None if before is None else before[0]), token


def reading(text: str, *, most: int | None = None) -> tuple[Token, ...]:
    """The tokens of the reading that the grammar prefers, in their order.

    Raises:
        CoopgraphError: as for `tokens`; also "request" if more than `most` tokens must be looked at.
    """
    last = None
    for number, (chain, complete) in enumerate(_chains(text)):
        if complete:
            last = chain
            break
        if most is not None and number >= most:
            raise CoopgraphError("request", f"Only {most} words and signs are looked at, and here are more.")
    found = []
    while last is not None:
        token, last = last
        found.append(token)
    return tuple(reversed(found))


# A token and all those before it in its reading.
_Chain: TypeAlias = "tuple[Token, _Chain | None]"


def _chains(text: str) -> Iterator[tuple[_Chain | None, bool]]:
    """Each token with what leads to it, the preferred reading first; and each whole reading, told by True."""
    terminals = Terminals(text)
    brackets: list[tuple[int, str]] = [(0, "")]
    numbers: dict[tuple[int, str], int] = {}
    open_readings: list[tuple[int, int, _Chain | None]] = [(0, 0, None)]
    # What is read on from a place depends on the brackets that are open there and on the token before, of which there
    # are at most two that begin at the same place: an IRI and a sign.
    seen: set[tuple[int, int, int, bool]] = set()
    furthest, complete, budget = 0, False, 4 * len(text) + 100

    def after(token: Token, depth: int) -> int:
        if token.text in "([{":
            number = numbers.setdefault((depth, token.text), len(brackets))
            if number == len(brackets):
                brackets.append((depth, token.text))
            return number
        return brackets[depth][0] if token.text in _OPENING and brackets[depth][1] == _OPENING[token.text] else depth

    while open_readings:
        position, depth, chain = open_readings.pop()
        previous = None if chain is None else chain[0]
        position = skip_space(text, position)
        furthest = max(furthest, position)
        if position == len(text):
            complete = True
            yield chain, True
            continue
        begun, iri = (-1, False) if previous is None else (previous.start, previous.kind is Kind.IRI)
        if (position, depth, begun, iri) in seen:
            continue
        seen.add((position, depth, begun, iri))
        token = terminals.at(position)
        if token is None:
            continue
        if len(seen) > budget:
            raise CoopgraphError("request", "The query can be read in too many ways to be judged.")
        if token.kind is Kind.IRI and _may_compare(previous, position, brackets[depth][1]):
            less = Token(Kind.SIGN, "<", position), chain
            yield less, False
            open_readings.append((position + 1, depth, less))
        longer = token, chain
        yield longer, False
        open_readings.append((token.end, after(token, depth) if token.kind is Kind.SIGN else depth, longer))
    if not complete:
        line, column = place(text, furthest)
        raise CoopgraphError("syntax", "Here stands nothing that SPARQL knows.", line=line, column=column)


def _may_compare(previous: Token | None, position: int, bracket: str) -> bool:
    if previous is None:
        return False
    if previous.text == "<":
        # The second half of `<<`, which opens a triple.
        return previous.end == position
    return bracket == "(" and (previous.kind in _OPERANDS or previous.text in ")]")
