"""Pages and resources, which an application answers in threads: asked and answered from the event loop."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final, cast

from a2wsgi import WSGIMiddleware
from flask import render_template

from coopgraph.web import compression, downloads, errors, problems
from coopgraph.web.front.sending import Reply
from coopgraph.web.headers import raw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask, Response

    from coopgraph.errors import CoopgraphError
    from coopgraph.web.front.exchange import Exchange
    from coopgraph.web.headers import Raw

_BLOCK: Final = 1 << 16
_EMPTY: Final = 204
_UNCHANGED: Final = 304
_CONDITIONS: Final = (b"if-match", b"if-none-match")


class Threads:
    """An application, answering at most `workers` requests at a time; a reader has `seconds` for each block."""

    def __init__(self, application: Flask, *, workers: int, seconds: float) -> None:
        self._application = application
        self._run = WSGIMiddleware(cast("Any", application), workers=workers)
        self._seconds = seconds

    async def answer(self, exchange: Exchange, body: bytes, extra: Raw) -> Reply:
        """The answer; a long one is on its way already, with the `extra` headers, and has no body any more."""
        collected = _Collected(exchange, self._seconds, extra)
        scope = _scope(exchange, len(body)) | {downloads.WANTED: collected.wanted, problems.ENDED: collected.ended}
        await self._run(scope, _Body(body), collected)  # type: ignore[arg-type]
        return await collected.reply()

    def tell(self, error: CoopgraphError, exchange: Exchange, allowed: Iterable[str] = ()) -> Reply:
        """The page that tells an error."""
        headers = {"Accept": exchange.header(b"accept"), "Accept-Language": exchange.header(b"accept-language")}
        with self._application.test_request_context("/", headers=headers):
            response = self._application.process_response(errors.tell(error, allowed))
        return _whole(response, error.code)

    def render(self, template: str, exchange: Exchange, **values: object) -> Reply:
        """A page from a template."""
        headers = {"Accept-Language": exchange.header(b"accept-language")}
        with self._application.test_request_context("/", headers=headers):
            made = self._application.make_response(render_template(template, **values))
            made.headers["Cache-Control"] = "no-store"
            response = self._application.process_response(made)
        return _whole(response, "answered")

    def close(self) -> None:
        """Let the threads end."""
        self._run.executor.shutdown(wait=False, cancel_futures=True)


class _Body:
    """A body that has arrived, handed on in pieces; after it nothing comes any more."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._position = 0
        self._ended = False

    async def __call__(self) -> dict[str, Any]:
        if self._ended:
            return {"type": "http.disconnect"}
        start, self._position = self._position, self._position + _BLOCK
        self._ended = self._position >= len(self._body)
        part = self._body[start : self._position]
        return {"type": "http.request", "body": part, "more_body": not self._ended}


class _Collected:
    """Takes the application's answer: a short one whole, a long one in passing."""

    def __init__(self, exchange: Exchange, seconds: float, extra: Raw) -> None:
        self._exchange = exchange
        self._seconds = seconds
        self._extra = extra
        self._status = 500
        self._code = ""
        self._headers: Raw = []
        self._parts: list[bytes] = []
        self._size = 0
        self._passing = False
        self._lost = False
        self._head = exchange.method == "HEAD"

    async def __call__(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], message["headers"]
            return
        part = message.get("body", b"")
        if not part:
            return
        self._size += len(part)
        if self._passing:
            await self._pass_on(part)
            return
        self._parts.append(part)
        if self._size > compression.WHOLE:
            self._passing = True
            headers = [*self._headers, *self._extra]
            await self._exchange.send({"type": "http.response.start", "status": self._status, "headers": headers})
            parts, self._parts = self._parts, []
            for one in parts:
                await self._pass_on(one)

    def wanted(self) -> bool:
        """Whether what the application still has to say goes anywhere."""
        return not self._lost and not self._head

    def ended(self, code: str) -> None:
        """Take the code of the error that the application tells."""
        self._code = code

    async def reply(self) -> Reply:
        """The answer, now that it is complete."""
        outcome = "answered" if self._status < 400 else self._code or f"status-{self._status}"
        if self._passing:
            with contextlib.suppress(TimeoutError):
                if not self._lost:
                    await self._exchange.send({"type": "http.response.body", "body": b""})
            told = "cut" if self._lost else outcome
            return Reply(self._status, [], b"", self._size, told, self._release(), sent=True)
        body = b"".join(self._parts)
        reply = Reply(self._status, self._headers, body, len(body), outcome, self._release())
        await _finish(reply, self._exchange)
        return reply

    def _release(self) -> int | None:
        told = dict(self._headers).get(b"x-coopgraph-release", b"")
        return int(told) if told.isdigit() else None

    async def _pass_on(self, part: bytes) -> None:
        # The application must be able to end, so what a lost client does not take is thrown away.
        if self._lost or self._head:
            return
        try:
            async with asyncio.timeout(self._seconds):
                await self._exchange.send({"type": "http.response.body", "body": part, "more_body": True})
        except TimeoutError:
            self._lost = True


async def _finish(reply: Reply, exchange: Exchange) -> None:
    """Compress the answer if that is wanted, and state its length."""
    given = dict(reply.headers)
    body = reply.body
    compressible = (
        isinstance(body, bytes)
        and reply.status == 200
        and b"content-encoding" not in given
        and compression.worthwhile(len(body), given.get(b"content-type", b"").decode("latin-1"))
    )
    if compressible and b"vary" not in given:
        reply.headers = [*reply.headers, (b"vary", b"Accept-Encoding")]
    if compressible and isinstance(body, bytes) and compression.accepted(exchange.header(b"accept-encoding")):
        reply.body = await asyncio.to_thread(compression.gzip, body)
        reply.size = len(reply.body)
        etag = given.get(b"etag", b"").decode("latin-1")
        changed = {b"content-length", b"etag"}
        reply.headers = [pair for pair in reply.headers if pair[0] not in changed]
        reply.headers += raw({"Content-Encoding": "gzip", "Content-Length": str(reply.size)}.items())
        if etag:
            reply.headers += raw([("ETag", compression.packed_tag(etag))])
    elif reply.status == _UNCHANGED:
        etag, seen = given.get(b"etag", b"").decode("latin-1"), exchange.header(b"if-none-match")
        etag = compression.seen_tag(etag, seen, exchange.header(b"accept-encoding"))
        reply.headers = [(name, etag.encode("latin-1") if name == b"etag" else value) for name, value in reply.headers]
    elif b"content-length" not in given and reply.status != _EMPTY and (reply.size or not _unmade(exchange, given)):
        reply.headers = [*reply.headers, (b"content-length", b"%d" % reply.size)]


def _unmade(exchange: Exchange, given: dict[bytes, bytes]) -> bool:
    """Whether this is an answer to HEAD of which nobody knows how long the compressed body would be."""
    return exchange.method == "HEAD" and b"content-encoding" in given


def _scope(exchange: Exchange, length: int) -> dict[str, Any]:
    """The request as the application shall see it: its client as we know it, its body as it has arrived."""
    dropped = {b"content-length", b"transfer-encoding", *_CONDITIONS}
    headers = [(name, value) for name, value in exchange.headers.items() if name not in dropped]
    if exchange.method not in {"GET", "HEAD", "OPTIONS"} or length:
        headers.append((b"content-length", b"%d" % length))
    headers += [
        (name, compression.plain_tags(exchange.header(name)).encode("latin-1"))
        for name in _CONDITIONS
        if name in exchange.headers
    ]
    client = (exchange.client, (exchange.scope.get("client") or ("", 0))[1])
    # What HEAD tells is what GET tells, and only GET knows the length of what it sends.
    method = "GET" if exchange.method == "HEAD" else exchange.method
    return {**exchange.scope, "method": method, "headers": headers, "client": client}


def _whole(response: Response, outcome: str) -> Reply:
    body = response.get_data()
    return Reply(response.status_code, raw(response.headers.items()), body, len(body), outcome)
