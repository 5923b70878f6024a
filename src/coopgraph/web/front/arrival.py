"""Bodies on their way in: whole or refused, and never waited for by anything that others need."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Receive = Callable[[], Awaitable[dict[str, Any]]]

_TOLERATED: Final = 16
"""So many times the limit is still taken in and thrown away: who is writing does not read a refusal."""


class GoneError(Exception):
    """The client has left before its request was complete."""


class Arrivals:
    """Receives bodies, at most `at_once` at a time, each of which has `seconds` to arrive."""

    def __init__(self, *, at_once: int, seconds: float) -> None:
        self._free = self._at_once = at_once
        self._seconds = seconds

    async def receive(self, receive: Receive, *, stated: str, limit: int, name: str = "request_bytes") -> bytes:
        """The whole body; `stated` is its length as the header has it, `limit` the most bytes, by the limit `name`.

        Raises:
            CoopgraphError: "too-large", "busy" if too many are on their way, "slow" if it takes too long.
            GoneError: if the client leaves.
        """
        if not self._free:
            raise CoopgraphError(
                "busy",
                f"{self._at_once} requests are still arriving, the limit request_bodies.",
                remedy="Try again in a moment, or ask by GET.",
                limit="request_bodies",
            )
        self._free -= 1
        try:
            async with asyncio.timeout(self._seconds):
                return await _collect(receive, stated=stated, limit=limit, name=name)
        except TimeoutError as error:
            raise CoopgraphError(
                "slow",
                f"The request was still arriving after {self._seconds:g} seconds, the limit request_seconds.",
                limit="request_seconds",
            ) from error
        finally:
            self._free += 1


async def _collect(receive: Receive, *, stated: str, limit: int, name: str) -> bytes:
    parts: list[bytes] = []
    size, more = 0, True
    too_large = stated.isdigit() and int(stated[:20]) > limit
    if too_large and int(stated[:20]) > limit * _TOLERATED:
        raise _too_large(name, limit)
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        part = message.get("body", b"")
        more = message.get("more_body", False)
        size += len(part)
        if size > limit:
            too_large = True
            parts.clear()
            if size > limit * _TOLERATED:
                break
        if not too_large:
            parts.append(part)
    if too_large:
        raise _too_large(name, limit)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _too_large(name: str, limit: int) -> CoopgraphError:
    return CoopgraphError("too-large", f"The request has more than {limit} bytes, the limit {name}.", limit=name)
