"""One connection of a client: its requests are parsed as they arrive and answered one after the other."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final, cast

import httptools

from coopgraph.web.front import request_head
from coopgraph.web.front.turn import Turn, status_line

if TYPE_CHECKING:
    from coopgraph.web.front.host import Host

_AHEAD: Final = 8
"""So many requests may come before the answers to those before them; who sends more is read no further."""

_MOST_AHEAD: Final = 256
"""Of what has come in one piece so many requests are answered, and no more: each takes far more room than its bytes."""

OK: Final = status_line(200)
_LINGER_SECONDS: Final = 2.0
_LAST_SECONDS: Final = 0.3
_DOUBT_SECONDS: Final = 0.4
_NOBODY: Final = ("", 0)


class Connection(asyncio.Protocol):
    """Reads requests, has the application answer them, and keeps the order; belongs to a host.

    Nothing waits here without an end: `overdue` tells the host when the client has taken too long.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._parser = httptools.HttpRequestParser(self)
        self._turns: deque[Turn] = deque()
        self._url: list[bytes] = []
        self._headers: list[tuple[bytes, bytes]] = []
        self._head_size = 0
        self._between = True
        self._ending = False
        self._paused = False
        self._full: asyncio.Future[None] | None = None
        self._leaving = False
        self._answering = False
        self._refusal = 0
        self._plain = b""
        self._doubts = False
        self._asking = 0.0
        self._pause = _DOUBT_SECONDS
        self._since = host.now()

    # What the event loop tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The client is there."""
        self._transport = cast("asyncio.Transport", transport)
        self._client = transport.get_extra_info("peername") or _NOBODY
        self._server = transport.get_extra_info("sockname")
        self._host.came(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has left; who answers it is told."""
        self._leaving = True
        # First of all: whatever goes wrong below, there is room for another one.
        self._host.left(self)
        for turn in self._turns:
            turn.leave()
        self.resume_writing()

    def data_received(self, data: bytes) -> None:
        """Take in what the client sends."""
        if self._leaving:
            return
        alone = self._between and not self._turns
        if alone and (repeated := self._host.repeated(data, self._client[0])) is not None:
            self._since = self._host.now()
            self.write(b"".join((OK, self.date, repeated)))
            return
        if self._between and not data.isascii():
            data = request_head.quoted(data)
        self._head_size += len(data)
        try:
            self._parse(data)
        except httptools.HttpParserError as error:
            self._refuse(request_head.status_of(error, data))
        else:
            if not self._between:
                if self._head_size > self._host.head_bytes:
                    self._refuse(431)
            elif alone and len(self._turns) == 1:
                self._turns[0].name(data)

    def eof_received(self) -> bool:
        """The client sends no more. It may read on or have left altogether, which look the same from here.

        Whoever has asked for something whole gets it; what is sent to who has left comes back, and ends the connection.
        """
        self._leaving = True
        if not self._turns or not self._turns[-1].whole:
            return False
        self._turns[-1].lasting = False
        self._doubts = True
        self.ask_back(self._host.now())
        return True

    def pause_writing(self) -> None:
        """The client takes less than it is given, and is given no more meanwhile."""
        self._hush()
        self._full = self._host.loop.create_future()

    def resume_writing(self) -> None:
        """The client has taken most of what it was given."""
        if self._full is not None:
            self._full.set_result(None)
            self._full = None
        self._answer_next()
        self.listen()

    # What the parser tells.

    def on_message_begin(self) -> None:
        """A request begins."""
        self._between = False
        self._since = self._host.now()
        self._url.clear()
        self._headers = []

    def on_url(self, part: bytes) -> None:
        """A part of the address."""
        self._url.append(part)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """All of a request is known but its body."""
        parser, version = self._parser, self._parser.get_http_version()
        if len(self._turns) >= _MOST_AHEAD:
            self._turns[-1].lasting = False
            raise request_head.HeadError(429)
        method, url = parser.get_method(), b"".join(self._url)
        if parser.should_upgrade() and method != b"CONNECT":
            # The parser would take the body for something else; so it gets to read the request without that wish.
            self._plain = request_head.without_upgrade(method, url, version, self._headers)
            return
        # What comes behind the body is no part of the head: who let the head pass has not seen it.
        headers, self._headers = self._headers, []
        scope = request_head.scope(method.decode("ascii"), url, version, headers)
        scope["client"], scope["server"] = self._client, self._server
        awaited = request_head.awaits(version, headers)
        self._head_size = 0
        lasting = parser.should_keep_alive() and not self._ending
        self._turns.append(Turn(self, scope, lasting=lasting, awaited=awaited))
        self._answer_next()
        if len(self._turns) > _AHEAD:
            self._hush()

    def on_body(self, part: bytes) -> None:
        """A part of a body."""
        self._head_size = 0
        if not self._turns[-1].feed(part):
            self._hush()

    def on_message_complete(self) -> None:
        """A request has arrived whole."""
        self._between = True
        self._head_size = 0
        if self._turns:
            self._turns[-1].whole = True
            self._turns[-1].wake()

    # What the answers need.

    @property
    def date(self) -> bytes:
        """The header that tells the time."""
        return self._host.date

    def write(self, data: bytes) -> None:
        """Send the bytes, as soon as the client takes them."""
        if not self._transport.is_closing():
            self._transport.write(data)

    async def drained(self) -> None:
        """Wait until the client has taken most of what it was given, or has left."""
        if self._full is not None:
            await asyncio.shield(self._full)

    def listen(self) -> None:
        """Read on."""
        if self._paused and len(self._turns) <= _AHEAD and self._full is None and not self._transport.is_closing():
            self._paused = False
            self._transport.resume_reading()

    def after(self, turn: Turn) -> None:
        """The answer of the first request is complete, or has failed: go on to the next one, or end."""
        if not self._turns or self._turns[0] is not turn:
            return
        self._turns.popleft()
        self._answering = False
        self._since = self._host.now()
        if not turn.answered:
            self._transport.abort()
        elif not turn.lasting:
            self._leave()
        elif self._refusal and not self._turns:
            self._tell(self._refusal)
        else:
            self._answer_next()
            self.listen()

    # What the host asks.

    def overdue(self, now: float) -> bool:
        """Whether the client has taken too long to send a request, to take an answer, or to leave."""
        if self._answering:
            return False
        if self._transport.get_write_buffer_size():
            return now > self._since + self._host.send_seconds
        if self._ending and not self._leaving:
            return now > self._since + _LAST_SECONDS
        return now > self._since + (_LINGER_SECONDS if self._leaving else self._host.head_seconds)

    def ask_back(self, now: float) -> None:
        """Send who may have left a few bytes that mean nothing to who has not; ever less often."""
        if self._doubts and self._turns and now >= self._asking:
            self._asking = now + self._pause
            self._pause *= 2
            self._turns[0].reassure()

    def end(self) -> None:
        """End after what is being answered, or else after one more answer: a request may be on its way."""
        if self._turns:
            self._turns[-1].lasting = False
        elif not self._ending:
            self._ending = True
            self._since = self._host.now()

    def abort(self) -> None:
        """End at once; a request that is not all here has come too slowly, but if all have to leave."""
        if not (self._between or self._leaving or self._host.ending):
            self._host.refused(408)
        self._transport.abort()

    def _parse(self, data: bytes) -> None:
        while data:
            try:
                self._parser.feed_data(data)
            except httptools.HttpParserUpgrade as error:
                data, self._plain = self._plain and self._plain + data[error.args[0] :], b""
                self._parser = httptools.HttpRequestParser(self)
                if not data:
                    # What comes behind CONNECT is for somebody else.
                    self.end()
                    self._leaving = True
            else:
                return

    def _hush(self) -> None:
        if not self._paused and not self._transport.is_closing():
            self._paused = True
            self._transport.pause_reading()

    def _answer_next(self) -> None:
        """Have the first request answered, once the client has taken most of the answers before."""
        if self._turns and not self._answering and self._full is None and not self._turns[0].presence.gone:
            self._answering = True
            self._host.answer(self._turns[0])

    def _refuse(self, status: int) -> None:
        """Tell that this is no request, after the answers to those before it."""
        self._leaving = True
        self._between = False
        if not self._turns:
            self._tell(status)
        elif self._turns[-1].whole:
            self._refusal = status
        else:
            # A body that goes wrong is one that never becomes whole.
            self._transport.abort()

    def _tell(self, status: int) -> None:
        self._host.refused(status)
        self.write(status_line(status) + self.date + b"connection: close\r\ncontent-length: 0\r\n\r\n")
        self._leave()

    def _leave(self) -> None:
        """Close when the client has taken its answer; closing while it still writes could cost it that answer."""
        self._leaving = True
        self._since = self._host.now()
        if self._between or not self._transport.can_write_eof():
            self._transport.close()
            return
        self.listen()
        self._transport.write_eof()
