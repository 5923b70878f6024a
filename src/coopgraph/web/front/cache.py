"""Answers to keep: as many as fit into a number of bytes, those longest unused leaving first.

What is kept is named by its validator, which holds the release's digest and everything else the bytes depend on. So
nothing kept is ever wrong, and nothing has to be thrown away but for room.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache

if TYPE_CHECKING:
    from coopgraph.web.headers import Raw

_OVERHEAD: Final = 2000
"""What an entry weighs besides its bodies, about: headers, keys and the objects themselves."""

_SHARE: Final = 8
"""An answer larger than this part of the whole room would push out too many others."""


@dataclass(slots=True)
class Kept:
    """An answer with its headers as they are sent, and, once somebody wanted it, its compressed form.

    `release` is the number of the release that the headers name.
    """

    media_type: str
    body: bytes
    headers: Raw
    release: int
    packed: bytes = b""
    packed_headers: Raw = field(default_factory=list)

    @property
    def size(self) -> int:
        """The bytes that keeping it takes, about."""
        return len(self.body) + len(self.packed) + _OVERHEAD


class Cache:
    """At most `room` bytes of answers; belongs to the event loop."""

    def __init__(self, room: int) -> None:
        self._room: Final = room
        self._kept: LRUCache[str, Kept] = LRUCache(max(room, 1), getsizeof=lambda kept: kept.size)
        self.hits = 0
        self.misses = 0

    @property
    def active(self) -> bool:
        """Whether anything is ever kept."""
        return self._room > 0

    @property
    def size(self) -> int:
        """The bytes in use."""
        return int(self._kept.currsize)

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, tag: str) -> Kept | None:
        """The answer with this validator, if it is kept."""
        kept: Kept | None = self._kept.get(tag)
        if kept is None:
            self.misses += 1
        else:
            self.hits += 1
        return kept

    def keep(self, tag: str, kept: Kept) -> None:
        """Keep the answer, if it is not too large."""
        self._kept.pop(tag, None)
        if kept.size * _SHARE <= self._room:
            self._kept[tag] = kept

    def weigh(self, tag: str, kept: Kept) -> None:
        """Take account of what has been added to an answer that may be kept."""
        if tag in self._kept:
            self.keep(tag, kept)
