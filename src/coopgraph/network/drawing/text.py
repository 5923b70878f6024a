"""How much room a text takes when no browser is at hand to ask."""

from __future__ import annotations

import unicodedata
from typing import Final

FONT: Final = "system-ui, 'Helvetica Neue', Arial, 'Noto Sans', 'Noto Sans CJK SC', sans-serif"
# Wider than common sans-serif faces on average, so that a box is never too small.
_NARROW: Final = 0.58
_CAPITAL: Final = 0.74
_WIDE: Final = 1.05


def width(text: str, size: int) -> int:
    """The width of a line in pixels at this font size, rounded up."""
    return int(sum(_advance(char) for char in text) * size) + 1


def lines(text: str, *, longest: int, most: int) -> tuple[str, ...]:
    """The text broken at spaces into at most `most` lines of about `longest` characters; cut with an ellipsis."""
    made = [""]
    for word in text.split():
        pieces = [word[start : start + longest] for start in range(0, len(word), longest)]
        for index, piece in enumerate(pieces):
            joined = f"{made[-1]} {piece}".strip() if index == 0 else made[-1]
            if index == 0 and len(joined) <= longest:
                made[-1] = joined
            elif made[-1]:
                made.append(piece)
            else:
                made[-1] = piece
    if len(made) > most:
        made = [*made[: most - 1], made[most - 1][: longest - 1].rstrip() + "…"]
    return tuple(made)


def fitted(text: str, size: int, room: int) -> str:
    """The text, cut with an ellipsis where it is wider than the room."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _advance(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return _WIDE
    return _CAPITAL if char.isupper() or char in "mwMW—…" else _NARROW
