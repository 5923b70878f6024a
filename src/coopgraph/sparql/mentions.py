"""Texts that mention the words of outgoing calls only where these call nothing; known at the speed of a pattern."""

from __future__ import annotations

import re
from typing import Final

from coopgraph.sparql.lexer import IRI, LANGUAGE, NUMBER, SIGNS, SPACE, STRING, VARIABLE, blank, names

SERVICE: Final = "service"
OUTGOING: Final = (SERVICE, "load")

_AT_ONCE: Final = 2048
"""So many tokens are passed over before others may run: a pattern that is being matched keeps everybody waiting."""

# Without `(` and without a `<` that begins no IRI there is one way to read a text, so one pass over its tokens is
# enough. A name or a row of words that holds one of the words is not passed over, neither whole nor in parts.
_GUARD: Final = rf"(?!(?i:{'|'.join(OUTGOING)}))"
_PREFIX, _LOCAL = names(_GUARD)
_NAME: Final = rf"(?:{_PREFIX}(?::(?:{_LOCAL})?)?|:(?:{_LOCAL})?){_GUARD}"
_SIGN: Final = f"[{SIGNS.replace('(', '')}]"
_TOKEN: Final = "|".join((IRI, STRING, LANGUAGE, VARIABLE, blank(_GUARD), _NAME, NUMBER, _SIGN))
_HARMLESS: Final = re.compile(rf"(?:{SPACE}(?>{_TOKEN})){{0,{_AT_ONCE}}}+{SPACE}")


def mentions(text: str) -> bool:
    """Whether one of the words stands anywhere in the text."""
    folded = text.casefold()
    return any(word in folded for word in OUTGOING)


def calls_nothing(text: str) -> bool:
    """Whether all that is in the text calls nothing, however it is read; False also if that takes a closer look.

    The words may stand in strings, comments, IRIs and variables, in a text that has no parentheses outside of these.
    """
    position, reached = -1, 0
    while reached > position:
        position = reached
        match = _HARMLESS.match(text, position)
        reached = position if match is None else match.end()
    return position == len(text)
