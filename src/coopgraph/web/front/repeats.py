"""Requests that were answered before, byte by byte as they arrived: whoever sends one again is not read again.

What is kept here is which answer it was and how it began. The answer itself lies in the cache, under its validator,
so a request counts as a repeated one only while the release is the same and the answer is still there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache

if TYPE_CHECKING:
    from coopgraph.web.front.exchange import Exchange
    from coopgraph.web.front.sending import Reply

LONGEST: Final = 8192
"""Longer requests are read each time, so that a few of them do not push out all others."""

_OVERHEAD: Final = 1000


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a request was answered, when the current release had this stamp: by what has this tag, perhaps compressed.

    `length` is how many bytes that has, and `head` the answer's headers; `path`, `method` and `forwarded` are of the
    request, for the log; `weight` is the bytes that keeping all this takes, about.
    """

    stamp: str
    tag: str
    packed: bool
    length: int
    release: int | None
    head: bytes
    method: str
    path: str
    forwarded: str
    weight: int


class Repeats:
    """At most `room` bytes of requests and of how they were answered; belongs to the event loop."""

    def __init__(self, room: int) -> None:
        self._known: LRUCache[bytes, Repeat] = LRUCache(max(room, 1), getsizeof=lambda repeat: repeat.weight)

    def get(self, asked: bytes) -> Repeat | None:
        """How this was answered, if it is known."""
        return self._known.get(asked) if len(asked) <= LONGEST else None

    def keep(self, asked: bytes, exchange: Exchange, reply: Reply, stamp: str) -> None:
        """From now on these bytes are known, which made up this request; its answer is kept elsewhere, under its tag.

        A request that brings its own id is no repeated one, whatever else it says.
        """
        if len(asked) > LONGEST or exchange.method == "HEAD" or b"x-request-id" in exchange.headers:
            return
        head = b"".join([b"%b: %b\r\n" % header for header in reply.headers])
        weight = len(asked) + len(head) + _OVERHEAD
        if weight <= self._known.maxsize:
            self._known[asked] = Repeat(
                stamp, reply.tag, reply.packed, reply.size, reply.release, head,
                exchange.method, exchange.path, exchange.header(b"x-forwarded-for"), weight,
            )  # fmt: skip
