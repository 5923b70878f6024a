"""An answer that is complete, and its way out: whole and with its length, however slowly it is read."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from coopgraph.web.headers import RAW_DATA, raw

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from coopgraph.web.headers import Raw

    Send = Callable[[dict[str, Any]], Awaitable[None]]

BLOCK: Final = 1 << 18
"""Longer bodies leave in blocks of this size, so that a slow reader costs a few blocks and no more."""


class Parts(Protocol):
    """A body that lies elsewhere and is read while it is sent."""

    def parts(self) -> Iterator[bytes]:
        """The body in pieces."""
        ...

    def close(self) -> None:
        """Give back what holds the body."""
        ...


@dataclass(slots=True)
class Reply:
    """An answer: its headers name its length; `outcome` and `release` are for the log.

    `sent` says that it is on its way already; `tag` names what is kept and was sent, in compressed form if `packed`.
    """

    status: int
    headers: Raw
    body: bytes | Parts = b""
    size: int = 0
    outcome: str = "answered"
    release: int | None = None
    sent: bool = False
    tag: str = ""
    packed: bool = False


def data_reply(body: bytes, headers: Mapping[str, str], *, status: int = 200, outcome: str = "answered") -> Reply:
    """An answer that is no page, with its length and the headers that all such answers have."""
    told = {**headers, "Content-Length": str(len(body))}
    return Reply(status, [*RAW_DATA, *raw(told.items())], body, len(body), outcome)


async def send_reply(send: Send, reply: Reply, *, head: bool, seconds: float) -> None:
    """Send the answer, or for HEAD all but its body.

    Raises:
        TimeoutError: if the reader takes no block for `seconds`; what it got is shorter than its headers said.
    """
    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
    body = reply.body
    if head or not reply.size:
        await send({"type": "http.response.body", "body": b""})
    elif isinstance(body, bytes) and len(body) <= BLOCK:
        await send({"type": "http.response.body", "body": body})
    else:
        for part in _blocks(body):
            async with asyncio.timeout(seconds):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _blocks(body: bytes | Parts) -> Iterator[bytes]:
    if isinstance(body, bytes):
        return (body[start : start + BLOCK] for start in range(0, len(body), BLOCK))
    return body.parts()
