"""One request on a connection, and its answer: the side that an ASGI application sees."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Protocol

from coopgraph.web.front.presence import PRESENCE, Presence

if TYPE_CHECKING:
    from coopgraph.web.headers import Raw

ROOM: Final = 1 << 16
"""So many bytes of a body may lie here unread before the client is no longer read from."""

WHOLE: Final = "coopgraph.whole"
"""The name in a scope of the whole request as it arrived, if it arrived in one piece and the connection goes on."""

SKIP: Final = "coopgraph.skip"
"""The name in a scope of what is called when nobody will read the body, so that it holds nothing up."""

_BODYLESS: Final = frozenset({204, 304})
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
_LAST_CHUNK: Final = b"0\r\n\r\n"
_DISCONNECT: Final = {"type": "http.disconnect"}


class AnswerError(Exception):
    """The application has sent another answer than it had announced."""


class Wire(Protocol):
    """The connection that a request came by; `Connection` says what its methods do."""

    @property
    def date(self) -> bytes:
        """The header that tells the time."""
        ...

    def write(self, data: bytes) -> None:
        """Send the bytes."""
        ...

    async def drained(self) -> None:
        """Wait until most of what was written is sent."""
        ...

    def listen(self) -> None:
        """Read on."""
        ...

    def after(self, turn: Turn) -> None:
        """A request is done with."""
        ...


class Turn:
    """One request; its body arrives while it is answered, and what is sent before its end decides how it ends.

    `whole` tells that the body has arrived, `answered` that the answer is on its way, `lasting` whether the connection
    can go on afterwards.
    """

    __slots__ = (
        "_awaited", "_begun", "_chunked", "_connection", "_given", "_head", "_left", "_parts", "_size", "_skipped",
        "_waiter", "answered", "lasting", "presence", "scope", "whole",
    )  # fmt: skip

    def __init__(self, connection: Wire, scope: dict[str, Any], *, lasting: bool, awaited: bool) -> None:
        self.scope: Final = scope
        self.lasting = lasting
        self.presence: Final = Presence()
        self.whole = self.answered = False
        self._awaited = awaited
        self._begun = False
        self._given = False
        self._connection = connection
        self._parts: list[bytes] = []
        self._size = 0
        self._skipped = False
        self._waiter: asyncio.Future[None] | None = None
        self._head: tuple[int, Raw] | None = None
        self._left: int | None = None
        self._chunked = False
        scope[PRESENCE], scope[SKIP] = self.presence, self.skip

    def name(self, data: bytes) -> None:
        """These bytes are the request, all of it and nothing else."""
        # A client of HTTP/1.0 has to be told each time that the connection goes on.
        if self.lasting and self.scope["http_version"] == "1.1":
            self.scope[WHOLE] = data

    def feed(self, part: bytes) -> bool:
        """Take in a part of the body; whether there is room for more."""
        if self.answered or self._skipped:
            # Nobody will read it, but a client that is still writing would not read the answer, nor be seen to leave.
            return True
        self._parts.append(part)
        self._size += len(part)
        self.wake()
        return self._size < ROOM

    def skip(self) -> None:
        """Nobody will read the body: what is here of it and what comes is thrown away."""
        self._skipped = True
        self._parts.clear()
        self._size = 0
        self._connection.listen()

    def leave(self) -> None:
        """The client has left."""
        self.presence.leave()
        self.wake()

    def wake(self) -> None:
        """Something has changed for who waits for the body, or for the client to leave."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def receive(self) -> dict[str, Any]:
        """The next part of the body; after the last one, whatever becomes of the client."""
        if self._awaited and not self._begun and not self._parts and not self.whole:
            self._awaited = False
            self._connection.write(_CONTINUE)
        while not self.presence.gone:
            if not self._given and (self._parts or self.whole):
                return self._part()
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return _DISCONNECT

    def _part(self) -> dict[str, Any]:
        body = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        self._parts.clear()
        self._size = 0
        self._given = self.whole
        if not self.whole:
            self._connection.listen()
        return {"type": "http.request", "body": body, "more_body": not self.whole}

    async def send(self, message: dict[str, Any]) -> None:
        """Send the head or the next part of the answer; returns when the client has taken most of it.

        Raises:
            AnswerError: if the answer is longer or shorter than its head says; then the connection ends.
        """
        if message["type"] == "http.response.start":
            self._head = message["status"], message["headers"]
            return
        part, more = message.get("body", b""), message.get("more_body", False)
        if not self.presence.gone:
            self._connection.write(self._framed(part, more))
        if not more:
            self.answered = True
            self.end()
        elif not self.presence.gone:
            await self._connection.drained()

    def reassure(self) -> None:
        """Tell a client that its answer is on its way, if it has no part of it yet and its protocol knows how.

        An interim answer may come any number of times, and a client that has not asked for one ignores it.
        """
        if not self._begun and not self.answered and self.scope["http_version"] == "1.1":
            self._connection.write(_CONTINUE)

    def end(self) -> None:
        """The application is done with the request, whether it has answered or not."""
        # Without it nothing here points back at what points to it, and goes when nobody needs it.
        self.scope.pop(SKIP, None)
        self._connection.after(self)

    def _framed(self, part: bytes, more: bool) -> bytes:
        """The bytes that stand for this part on the wire, behind the head if that has not been sent."""
        head = b""
        if self._head is not None:
            (status, headers), self._head = self._head, None
            head = self._opened(status, headers, len(part), more)
        if self.scope["method"] == "HEAD":
            part = b""
        elif self._chunked:
            part = (b"%x\r\n%b\r\n" % (len(part), part) if part else b"") + (b"" if more else _LAST_CHUNK)
        elif self._left is not None:
            self._left -= len(part)
            if self._left < 0 or (self._left and not more):
                self.lasting = False
                raise AnswerError("the answer has another length than its head says")
        return head + part if head else part

    def _opened(self, status: int, headers: Raw, size: int, more: bool) -> bytes:
        """The head of the answer, with what only the connection knows."""
        self._begun = True
        lines = [status_line(status), self._connection.date]
        stated = parting = False
        for name, value in headers:
            lines.append(b"%b: %b\r\n" % (name, value))
            if name == b"content-length":
                stated = True
                self._left = int(value)
            elif name == b"connection" and value == b"close":
                self.lasting, parting = False, True
        if status in _BODYLESS:
            self._left = 0
        elif not stated and self.scope["method"] == "HEAD":
            # How long the answer would be is only known when it is made.
            pass
        elif not stated and not more:
            lines.append(b"content-length: %d\r\n" % size)
        elif not stated and self.scope["http_version"] == "1.1":
            self._chunked = True
            lines.append(b"transfer-encoding: chunked\r\n")
        elif not stated:
            self.lasting = False
        # Where the client has not sent all, what it sends next would be read as another request.
        self.lasting = self.lasting and self.whole
        if not self.lasting and not parting:
            lines.append(b"connection: close\r\n")
        elif self.lasting and self.scope["http_version"] == "1.0":
            lines.append(b"connection: keep-alive\r\n")
        lines.append(b"\r\n")
        return b"".join(lines)


@lru_cache(maxsize=64)
def status_line(status: int) -> bytes:
    """The first line of an answer."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    return f"HTTP/1.1 {status} {phrase}\r\n".encode()
