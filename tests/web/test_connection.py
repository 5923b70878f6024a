"""Connections of clients, on real sockets: good ones, slow ones, and those that are hardly HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Any

import pytest

from coopgraph.web.listener import Listener

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

LIMITS = {"connections": 8, "head_bytes": 4096, "head_seconds": 5.0, "send_seconds": 5.0}


class Site:
    """A listener with the application of a test."""

    def __init__(self, listener: Listener, port: int) -> None:
        self.listener = listener
        self.port = port
        self._writers: list[asyncio.StreamWriter] = []

    async def connect(self) -> Streams:
        streams = await asyncio.open_connection("127.0.0.1", self.port)
        self._writers.append(streams[1])
        return streams

    async def send(self, data: bytes) -> bytes:
        """What comes back until the other side closes."""
        reader, writer = await self.connect()
        writer.write(data)
        with contextlib.suppress(ConnectionError):
            return await asyncio.wait_for(reader.read(), 10)
        return b""

    async def part(self) -> None:
        for writer in self._writers:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


@contextlib.asynccontextmanager
async def site(application: Callable[..., Awaitable[None]], **changes: Any) -> AsyncIterator[Site]:
    sock = socket.create_server(("127.0.0.1", 0))
    listener = Listener(application, sock, **(LIMITS | changes))
    found = Site(listener, sock.getsockname()[1])
    try:
        yield found
    finally:
        await found.part()
        await listener.close(0.2)
        await asyncio.sleep(0.01)


async def body_of(receive: Any) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        parts.append(message["body"])
        more = message["more_body"]
    return b"".join(parts)


async def reply(send: Any, body: bytes, status: int = 200, *headers: tuple[bytes, bytes]) -> None:
    named = [(b"content-length", b"%d" % len(body)), *headers]
    await send({"type": "http.response.start", "status": status, "headers": named})
    await send({"type": "http.response.body", "body": body})


async def echo(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Method, path, query and body come back."""
    if scope["path"] == "/slow":
        await asyncio.sleep(0.05)
    body = await body_of(receive)
    told = f"{scope['method']} {scope['path']} {scope['query_string'].decode()} ".encode()
    await reply(send, told + body)


def bodies(data: bytes) -> list[bytes]:
    """The bodies of answers that each state their length."""
    found = []
    while data:
        head, _, data = data.partition(b"\r\n\r\n")
        length = next(int(line[16:]) for line in head.split(b"\r\n") if line.startswith(b"content-length: "))
        found.append(data[:length])
        data = data[length:]
    return found


GET = b"GET /%b HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /%b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def test_requests_on_one_connection_are_answered_in_order() -> None:
    async def run() -> None:
        async with site(echo) as one:
            post = b"POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
            told = bodies(await one.send(GET % b"slow" + GET % b"a?b=%20" + post + LAST % b"z%C3%A9"))
            assert told == [b"GET /slow  ", b"GET /a b=%20 ", b"POST /p  hello", "GET /zé  ".encode()]

    asyncio.run(run())


def test_a_request_in_single_bytes() -> None:
    async def run() -> None:
        async with site(echo) as one:
            reader, writer = await one.connect()
            head = b"POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            for byte in head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n":
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0)
            assert bodies(await reader.read()) == [b"POST /x  abcde"]

    asyncio.run(run())


def test_letters_that_should_have_been_quoted() -> None:
    async def run() -> None:
        async with site(echo) as one:
            told = bodies(await one.send(LAST % "?q=Việt".encode()))
            assert told == [b"GET / q=Vi%E1%BB%87t "]

    asyncio.run(run())


def test_a_large_body_is_taken_in_as_it_is_read() -> None:
    async def run() -> None:
        async with site(echo) as one:
            body = bytes(range(256)) * 20_000
            head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
            assert bodies(await one.send(head + body)) == [b"POST /  " + body]

    asyncio.run(run())


def test_who_asks_whether_to_go_on_is_told() -> None:
    async def run() -> None:
        async with site(echo) as one:
            reader, writer = await one.connect()
            writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n")
            writer.write(b"Content-Length: 2\r\n\r\n")
            assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
            writer.write(b"ok")
            assert bodies(await reader.read()) == [b"POST /  ok"]

    asyncio.run(run())


def test_a_refusal_reaches_who_is_still_writing() -> None:
    async def refuse(_scope: dict[str, Any], _receive: Any, send: Any) -> None:
        await reply(send, b"no", 413)

    async def run() -> None:
        async with site(refuse) as one:
            reader, writer = await one.connect()
            writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n")
            for _ in range(50):
                writer.write(b"x" * 100_000)
                await writer.drain()
            told = await reader.read()
            assert told.startswith(b"HTTP/1.1 413 ")
            assert b"connection: close" in told
            assert told.endswith(b"no")

    asyncio.run(run())


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 8000, b"431"),
        (b"GET /" + b"y" * 8000, b"431"),
        (b"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"400"),
        (b"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\nHost: x\n\n", b"400"),
        (b"GET http://[ HTTP/1.1\r\n\r\n", b"400"),
    ],
)
def test_what_is_no_request_is_refused_and_the_connection_closed(data: bytes, status: bytes) -> None:
    async def run() -> None:
        async with site(echo) as one:
            reader, writer = await one.connect()
            writer.write(data)
            assert (await reader.readline()).startswith(b"HTTP/1.1 " + status)
            await asyncio.wait_for(reader.read(), 10)

    asyncio.run(run())


def test_a_body_that_goes_wrong_never_becomes_whole() -> None:
    ended: list[str] = []

    async def application(_scope: dict[str, Any], receive: Any, _send: Any) -> None:
        try:
            await body_of(receive)
        except ConnectionError:
            ended.append("gone")

    async def run() -> None:
        async with site(application) as one:
            head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
            assert await one.send(head + b"nonsense\r\n") == b""
            await asyncio.sleep(0.05)

    asyncio.run(run())
    assert ended == ["gone"]


def test_no_other_protocol_is_spoken() -> None:
    async def run() -> None:
        async with site(echo) as one:
            asked = b"GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
            assert bodies(await one.send(asked + GET % b"b")) == [b"GET /a  "]

    asyncio.run(run())


def test_http_1_0() -> None:
    async def run() -> None:
        async with site(echo) as one:
            assert bodies(await one.send(b"GET /a HTTP/1.0\r\n\r\n")) == [b"GET /a  "]
            kept = b"GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
            told = await one.send(kept + b"GET /b HTTP/1.0\r\n\r\n")
            assert bodies(told) == [b"GET /a  ", b"GET /b  "]
            assert told.count(b"connection: keep-alive") == 1

    asyncio.run(run())


def test_an_answer_of_unknown_length_comes_in_chunks() -> None:
    async def parts(_scope: dict[str, Any], _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for part in (b"one", b"", b"three"):
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def run() -> None:
        async with site(parts) as one:
            told = await one.send(LAST % b"")
            assert told.endswith(b"transfer-encoding: chunked\r\n\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n")
            told = await one.send(b"GET / HTTP/1.0\r\n\r\n")
            assert told.endswith(b"\r\n\r\nonethree")

    asyncio.run(run())


@pytest.mark.parametrize("body", [b"short", b"much too long"])
def test_an_answer_of_another_length_than_stated_ends_the_connection(body: bytes) -> None:
    failed: list[Exception] = []

    async def wrong(_scope: dict[str, Any], _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"8")]})
        try:
            await send({"type": "http.response.body", "body": body})
        except Exception as error:
            failed.append(error)

    async def run() -> None:
        async with site(wrong) as one:
            _, _, told = (await one.send(GET % b"" + GET % b"")).partition(b"\r\n\r\n")
            assert len(told) < 8

    asyncio.run(run())
    assert len(failed) == 1


def test_an_application_that_answers_nothing_ends_the_connection() -> None:
    async def nothing(_scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        await asyncio.sleep(0)

    async def run() -> None:
        async with site(nothing) as one:
            assert await one.send(GET % b"") == b""

    asyncio.run(run())


def test_head_and_not_modified_have_no_body() -> None:
    async def application(scope: dict[str, Any], _receive: Any, send: Any) -> None:
        if scope["path"] == "/304":
            await send({"type": "http.response.start", "status": 304, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await reply(send, b"body")

    async def run() -> None:
        async with site(application) as one:
            told = await one.send(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + GET % b"304" + LAST % b"")
            first, second, third, body = told.split(b"\r\n\r\n")
            assert b"content-length: 4" in first
            assert second.startswith(b"HTTP/1.1 304 ")
            assert b"content-length" not in second
            assert (third[:12], body) == (b"HTTP/1.1 200", b"body")

    asyncio.run(run())


def test_who_leaves_is_noticed() -> None:
    noticed = asyncio.Event()

    async def patient(_scope: dict[str, Any], receive: Any, _send: Any) -> None:
        await body_of(receive)
        assert (await receive())["type"] == "http.disconnect"
        noticed.set()

    async def run() -> None:
        async with site(patient) as one:
            _, writer = await one.connect()
            writer.write(GET % b"")
            await asyncio.sleep(0.05)
            assert not noticed.is_set()
            writer.close()
            await asyncio.wait_for(noticed.wait(), 5)

    asyncio.run(run())


@pytest.mark.parametrize("beginning", [b"", b"GET / HTTP/1.1\r\nHo", GET % b""])
def test_who_says_no_more_is_hung_up_on(beginning: bytes) -> None:
    async def run() -> None:
        async with site(echo, head_seconds=0.5) as one:
            loop = asyncio.get_running_loop()
            start = loop.time()
            told = await one.send(beginning)
            assert 0.5 <= loop.time() - start < 5
            assert told.startswith(b"HTTP/1.1 200") == beginning.endswith(b"\r\n\r\n")

    asyncio.run(run())


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_who_only_sends_no_more_gets_all_that_was_asked_for(version: bytes) -> None:
    """Several answers on one connection, none of them at once."""

    async def slow(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await asyncio.sleep(0.7)
        await echo(scope, receive, send)

    async def run() -> None:
        async with site(slow) as one:
            reader, writer = await one.connect()
            heads = (b"GET /%d HTTP/%s\r\nConnection: keep-alive\r\n\r\n" % (n, version) for n in (1, 2))
            writer.write(b"".join(heads))
            writer.write_eof()
            told = await asyncio.wait_for(reader.read(), 10)
            interim = told.count(b"HTTP/1.1 100 Continue\r\n\r\n")
            assert interim == 0 if version == b"1.0" else 1 <= interim < 8
            assert told.replace(b"HTTP/1.1 100 Continue\r\n\r\n", b"").count(b"HTTP/1.1 200") == 2
            assert told.index(b"GET /1") < told.index(b"GET /2")

    asyncio.run(run())


@pytest.mark.parametrize(
    "beginning", [b"", b"GET / HTTP/1.1\r\nHo", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nbody"]
)
def test_who_sends_no_more_in_the_middle_of_a_request_gets_nothing(beginning: bytes) -> None:
    async def run() -> None:
        async with site(echo) as one:
            reader, writer = await one.connect()
            writer.write(beginning)
            writer.write_eof()
            assert await asyncio.wait_for(reader.read(), 2) == b""

    asyncio.run(run())


def test_who_leaves_the_end_of_an_answer_is_hung_up_on() -> None:
    """The application is done with it long before, so only the connection can tell."""
    body = b"x" * 20_000_000

    async def run() -> None:
        async with site(lambda _scope, _receive, send: reply(send, body), send_seconds=0.5) as one:
            reader, writer = await one.connect()
            writer.transport.pause_reading()
            writer.write(GET % b"")
            await asyncio.sleep(2.0)
            writer.transport.resume_reading()
            told = 0
            with contextlib.suppress(ConnectionError):
                while part := await reader.read(1 << 20):
                    told += len(part)
            assert told < len(body)

    asyncio.run(run())


def test_head_states_no_length_that_nobody_knows() -> None:
    async def unknown(_scope: dict[str, Any], _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-encoding", b"gzip")]})
        await send({"type": "http.response.body", "body": b""})

    async def run() -> None:
        async with site(unknown) as one:
            told = await one.send(b"HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n")
            assert told.startswith(b"HTTP/1.1 200")
            assert b"content-length" not in told
            assert b"transfer-encoding" not in told

    asyncio.run(run())


def test_who_takes_nothing_is_waited_for_and_then_hung_up_on() -> None:
    outcome: list[str] = []

    async def long(_scope: dict[str, Any], _receive: Any, send: Any) -> None:
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            async with asyncio.timeout(0.5):
                while True:
                    await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
        except TimeoutError:
            outcome.append("slow")

    async def run() -> None:
        async with site(long) as one:
            reader, writer = await one.connect()
            writer.transport.pause_reading()
            writer.write(GET % b"")
            await asyncio.sleep(1.0)
            assert outcome == ["slow"]
            writer.transport.resume_reading()
            told = b""
            with contextlib.suppress(ConnectionError):
                while part := await reader.read(1 << 20):
                    told = part
            assert not told.endswith(b"0\r\n\r\n")

    asyncio.run(run())


def test_who_comes_when_all_places_are_taken_waits() -> None:
    async def run() -> None:
        async with site(echo, connections=2) as one:
            _, first = await one.connect()
            await one.connect()
            third, writer = await one.connect()
            writer.write(LAST % b"third")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(third.read(1), 0.2)
            first.close()
            assert bodies(await asyncio.wait_for(third.read(), 5)) == [b"GET /third  "]

    asyncio.run(run())


def test_the_end_waits_for_answers_and_for_nobody_else() -> None:
    async def run() -> None:
        async with site(echo) as one:
            idle, _ = await one.connect()
            busy, writer = await one.connect()
            writer.write(GET % b"slow")
            await asyncio.sleep(0.02)
            await one.listener.close(5)
            assert bodies(await busy.read()) == [b"GET /slow  "]
            assert await idle.read() == b""
            with pytest.raises(ConnectionError):
                await one.connect()

    asyncio.run(run())
