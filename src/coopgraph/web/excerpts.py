"""The place of a mistake shown in the text that it is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_BEFORE: Final = 2
_WIDTH: Final = 120
"""Of a longer line only this many characters on either side of the place are shown."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line with the marked character apart, and the numbered lines before it."""

    before: tuple[tuple[int, str], ...]
    number: int
    head: str
    mark: str
    tail: str


def excerpt(text: str, line: int | None, column: int | None) -> Excerpt | None:
    """The place at this line and column, both counted from one; None if the text has no such line."""
    # Only these end a line where parsers count; splitting at others would show the wrong one.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if line is None or not text or not 1 <= line <= len(lines):
        return None
    whole = lines[line - 1]
    index = min(max((column or 1) - 1, 0), len(whole))
    head, mark, tail = whole[:index], whole[index : index + 1] or " ", whole[index + 1 :]
    first = max(0, line - 1 - _BEFORE)
    before = tuple((first + number + 1, _short(one)) for number, one in enumerate(lines[first : line - 1]))
    head = head if len(head) <= _WIDTH else f"…{head[-_WIDTH:]}"
    return Excerpt(before, line, head, mark, _short(tail))


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
