"""The terminals of SPARQL 1.2, and every way in which a text can be read as them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@dataclass(frozen=True, slots=True)
class Token:
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
_PREFIX: Final = rf"[{_BASE}](?:[{_PN}]|\.++(?=[{_PN}]))*+"
_LOCAL: Final = rf"(?:[_0-9:{_BASE}]|{_PLX})(?:[{_PN}:]|{_PLX}|\.++(?=[{_PN}:]|{_PLX}))*+"

_SPACE: Final = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_IRI: Final = re.compile(rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]|{_UCHAR})*+>")
_TERMINAL: Final = re.compile(
    "|".join(
        f"(?P<{kind.name}>{pattern})"
        for kind, pattern in (
            (
                Kind.STRING,
                rf"'''(?:'{{0,2}}(?:[^'\\]|{_CHAR_ESCAPES}))*+'''|\"\"\"(?:\"{{0,2}}(?:[^\"\\]|{_CHAR_ESCAPES}))*+\"\"\""
                rf"|'(?:[^'\\\n\r]|{_CHAR_ESCAPES})*+'|\"(?:[^\"\\\n\r]|{_CHAR_ESCAPES})*+\"",
            ),
            (Kind.LANGUAGE, r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?"),
            (Kind.VARIABLE, rf"[?$][{_INNER}]++"),
            (Kind.BLANK, rf"_:[_0-9{_BASE}](?:[{_PN}]|\.++(?=[{_PN}]))*+"),
            (Kind.PREFIXED, rf"(?:{_PREFIX})?:(?:{_LOCAL})?"),
            (Kind.NUMBER, r"(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+"),
            (Kind.WORD, r"[A-Za-z][A-Za-z0-9_]*+"),
            (Kind.SIGN, r"[{}()\[\].,;|/^*+!=>&?~\-@]"),
        )
    )
)

# What may stand before `<` where it means "less than".
_OPERANDS: Final = frozenset(Kind) - {Kind.SIGN}
_OPENING: Final = {")": "(", "]": "[", "}": "{"}


def skip_space(text: str, position: int) -> int:
    """The position after white space and comments."""
    match = _SPACE.match(text, position)
    return position if match is None else match.end()


def terminal(text: str, position: int) -> Token | None:
    """The longest token here, an IRI being preferred to a comparison; None if nothing fits."""
    if text.startswith("<", position):
        match = _IRI.match(text, position)
        return Token(Kind.SIGN, "<", position) if match is None else Token(Kind.IRI, match[0], position)
    match = _TERMINAL.match(text, position)
    return None if match is None or match.lastgroup is None else Token(Kind[match.lastgroup], match[0], position)


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
            yield (None if chain.before is None else chain.before.token), chain.token


def reading(text: str) -> tuple[Token, ...]:
    """The tokens of the reading that the grammar prefers, in their order.

    Raises:
        CoopgraphError: as for `tokens`.
    """
    last = next(chain for chain, complete in _chains(text) if complete)
    found = []
    while last is not None:
        found.append(last.token)
        last = last.before
    return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class _Chain:
    """A token and all those before it in its reading."""

    token: Token
    before: _Chain | None


def _chains(text: str) -> Iterator[tuple[_Chain | None, bool]]:
    """Each token with what leads to it, the preferred reading first; and each whole reading, told by True."""
    brackets: list[tuple[int, str]] = [(0, "")]
    numbers: dict[tuple[int, str], int] = {}
    open_readings: list[tuple[int, int, _Chain | None]] = [(0, 0, None)]
    seen: set[tuple[int, int, Token | None]] = set()
    furthest, complete, budget = 0, False, 4 * len(text) + 100

    def after(token: Token, depth: int) -> int:
        if token.kind is not Kind.SIGN:
            return depth
        if token.text in "([{":
            number = numbers.setdefault((depth, token.text), len(brackets))
            if number == len(brackets):
                brackets.append((depth, token.text))
            return number
        return brackets[depth][0] if token.text in _OPENING and brackets[depth][1] == _OPENING[token.text] else depth

    while open_readings:
        position, depth, chain = open_readings.pop()
        previous = None if chain is None else chain.token
        position = skip_space(text, position)
        furthest = max(furthest, position)
        if position == len(text):
            complete = True
            yield chain, True
            continue
        if (position, depth, previous) in seen:
            continue
        seen.add((position, depth, previous))
        token = terminal(text, position)
        if token is None:
            continue
        if len(seen) > budget:
            raise CoopgraphError("request", "The query can be read in too many ways to be judged.")
        if token.kind is Kind.IRI and _may_compare(previous, position, brackets[depth][1]):
            less = _Chain(Token(Kind.SIGN, "<", position), chain)
            yield less, False
            open_readings.append((less.token.end, depth, less))
        longer = _Chain(token, chain)
        yield longer, False
        open_readings.append((token.end, after(token, depth), longer))
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
