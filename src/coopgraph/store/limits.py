"""What readers may use and give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from coopgraph.settings import Settings

WAITING: Final = 128
INLINE: Final = 1_000_000

_BESIDE_DATA: Final = 100_000_000
"""What a reader takes beside its data: code, stacks, files of stores that are mapped."""

_FRONT: Final = 500_000_000
"""What the processes before the readers take, beside answers that are kept and requests that have arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of a pool of readers; times in seconds, sizes in bytes.

    `seconds` bounds a query from the moment a reader begins with it, and also the wait for a free reader; `memory`
    bounds the data of a process (on systems that know this limit), `rows` and `size` bound the rows or triples and
    the bytes of an answer. Answers of more than `inline` bytes lie in a file. At most `waiting` queries wait at once.
    """

    readers: int
    seconds: float
    memory: int
    rows: int
    size: int
    inline: int = INLINE
    waiting: int = WAITING

    @classmethod
    def of(cls, settings: Settings, *, readers: int | None = None) -> Self:
        """The limits that the settings give; `readers` processes, if another number than theirs is wanted."""
        return cls(
            readers=settings.readers if readers is None else readers,
            seconds=settings.query_seconds,
            memory=settings.query_memory,
            rows=settings.query_rows,
            size=settings.query_bytes,
        )


def service_memory(settings: Settings) -> int:
    """The bytes of memory that a reading service stays under, whatever it is asked."""
    # One process more is in reserve, and has been asked nothing yet.
    readers = settings.readers * settings.query_memory + (settings.readers + 1) * _BESIDE_DATA
    # A request is held as it arrived, and once more as a reader gets it.
    requests = 2 * (WAITING + settings.request_bodies) * settings.request_bytes
    answers = settings.requests * INLINE + settings.cache_bytes
    return readers + requests + answers + _FRONT
