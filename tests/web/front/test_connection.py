"""Connections of clients, on real sockets: good ones, slow ones, and those that are hardly HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Any

import pytest

from coopgraph.web.front.listener import Listener
from coopgraph.web.front.presence import PRESENCE
from coopgraph.web.front.turn import WHOLE

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
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"400"),
        (b"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\nHost: x\n\n", b"400"),
        (b"GET http://[ HTTP/1.1\r\n\r\n", b"400"),
    ],
)
def test_what_is_no_request_is_refused_and_counted_and_the_connection_closed(data: bytes, status: bytes) -> None:
    counted: list[int] = []

    async def run() -> None:
        async with site(echo, refused=counted.append) as one:
            reader, writer = await one.connect()
            writer.write(data)
            assert (await reader.readline()).startswith(b"HTTP/1.1 " + status)
            await asyncio.wait_for(reader.read(), 10)

    asyncio.run(run())
    assert counted == [int(status)]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"400"),
        (b"GET /\r\n\r\n", b"505"),
        (b"GET / HTTP/2.0\r\nHost: x\r\n\r\n", b"505"),
        (b"GET ftp://a/ HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", b"501"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n", b"501"),
        (b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(data: bytes, status: bytes) -> None:
    asked: list[str] = []

    async def application(scope: dict[str, Any], _receive: Any, send: Any) -> None:
        asked.append(scope["path"])
        await reply(send, b"")

    async def run() -> None:
        async with site(application) as one:
            assert (await one.send(data)).startswith(b"HTTP/1.1 " + status)

    asyncio.run(run())
    assert asked == []


def test_what_comes_behind_a_body_is_no_header() -> None:
    async def told(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await body_of(receive)
        await reply(send, b" ".join(name for name, _ in scope["headers"]))

    async def run() -> None:
        async with site(told) as one:
            head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            trailer = b"1\r\nx\r\n0\r\nAuthorization: Bearer t\r\nX-Forwarded-For: ::1\r\n\r\n"
            found = bodies(await one.send(head + trailer + LAST % b""))
            assert found == [b"host transfer-encoding", b"host connection"]

    asyncio.run(run())


def test_the_host_in_a_whole_address_is_the_one_that_counts() -> None:
    async def told(scope: dict[str, Any], _receive: Any, send: Any) -> None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        await reply(send, b" ".join([*hosts, scope["raw_path"], scope["query_string"]]))

    async def run() -> None:
        async with site(told) as one:
            asked = b"GET %b HTTP/1.1\r\nHost: other\r\n\r\n"
            first = asked % b"http://a.example:81/b?c" + asked % b"http://[::1]"
            found = bodies(await one.send(first + LAST % b"d"))
            assert found == [b"a.example:81 /b c", b"[::1] / ", b"x /d "]

    asyncio.run(run())


def test_what_comes_before_a_mistake_is_answered() -> None:
    async def run() -> None:
        async with site(echo) as one:
            told = await one.send(GET % b"slow" + GET % b"b" + b"nonsense\r\n\r\n" + GET % b"c")
            first, second, refused = told.split(b"HTTP/1.1 ")[1:]
            assert (first[-11:], second[-8:]) == (b"GET /slow  ", b"GET /b  ")
            assert refused.startswith(b"400 ")
            assert b"connection: close\r\n" in refused

    asyncio.run(run())


@pytest.mark.parametrize("more", [b"\r\n", b"nonsense", GET % b"b"])
def test_the_last_request_is_answered_whatever_comes_behind_it(more: bytes) -> None:
    async def run() -> None:
        async with site(echo) as one:
            told = await one.send(LAST % b"slow" + more)
            assert bodies(told) == [b"GET /slow  "]
            assert b"connection: close\r\n" in told

    asyncio.run(run())


def test_who_stops_in_the_middle_of_a_request_gets_the_answer_to_the_one_before() -> None:
    async def run() -> None:
        async with site(echo) as one:
            reader, writer = await one.connect()
            writer.write(GET % b"slow" + b"GET / HTTP/1.1\r\nHo")
            writer.write_eof()
            assert (await asyncio.wait_for(reader.read(), 5)).endswith(b"GET /slow  ")

    asyncio.run(run())


def test_answers_are_not_made_for_who_does_not_take_them() -> None:
    made = 0
    body = b"x" * 200_000

    async def counted(_scope: dict[str, Any], _receive: Any, send: Any) -> None:
        nonlocal made
        made += 1
        await reply(send, body)

    async def run() -> None:
        async with site(counted, send_seconds=60.0) as one:
            reader, writer = await one.connect()
            writer.transport.pause_reading()
            writer.write(GET % b"" * 199 + LAST % b"")
            await asyncio.sleep(0.5)
            # What lies in the buffers of the system is all that was made ahead.
            assert made < 100
            writer.transport.resume_reading()
            told = await asyncio.wait_for(reader.read(), 20)
            assert told.count(b"HTTP/1.1 200") == made == 200

    asyncio.run(run())


def test_who_takes_no_answer_is_hung_up_on_though_it_has_asked_for_more() -> None:
    gone: list[float] = []

    async def run() -> None:
        async with site(lambda _scope, _receive, send: reply(send, b"x" * 5_000_000), send_seconds=0.5) as one:
            left = one.listener.left
            one.listener.left = lambda connection: (gone.append(one.listener.now()), left(connection))[1]  # type: ignore[method-assign]
            _, writer = await one.connect()
            writer.transport.pause_reading()
            writer.write(GET % b"" * 20)
            await asyncio.sleep(2.0)
            assert len(gone) == 1

    asyncio.run(run())


def test_of_a_flood_of_requests_only_the_first_are_answered() -> None:
    async def run() -> None:
        async with site(echo) as one:
            told = await one.send(GET % b"slow" + GET % b"a" * 2000)
            assert 100 < told.count(b"HTTP/1.1 200") < 1000
            assert told.count(b"connection: close") == 1
            assert told.index(b"connection: close") > told.rindex(b"HTTP/1.1 200")

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


def test_no_other_protocol_is_spoken_and_the_wish_for_one_costs_nothing() -> None:
    wish = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAA\r\n"

    async def run() -> None:
        async with site(echo) as one:
            get = b"GET /a?b HTTP/1.1\r\nHost: x\r\n" + wish + b"\r\n"
            post = b"POST /p HTTP/1.1\r\n" + wish + b"Host: x\r\nContent-Length: 5\r\n\r\nhello"
            chunked = (
                b"POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n" + wish + b"\r\n2\r\nde\r\n0\r\n\r\n"
            )
            told = [b"GET /a b ", b"POST /p  hello", b"POST /c  de", b"GET /b  "]
            assert bodies(await one.send(get + post + chunked + LAST % b"b")) == told
            reader, writer = await one.connect()
            for byte in get + post + chunked + LAST % b"b":
                writer.write(bytes([byte]))
                await asyncio.sleep(0)
            assert bodies(await reader.read()) == told

    asyncio.run(run())


def test_nothing_is_passed_on_to_others() -> None:
    async def run() -> None:
        async with site(echo) as one:
            assert (await one.send(b"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n")).startswith(b"HTTP/1.1 400 ")
            told = await one.send(b"CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n" + GET % b"b")
            assert bodies(told) == [b"CONNECT /  "]

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


def test_http_1_0_is_not_told_to_go_on() -> None:
    async def run() -> None:
        async with site(echo) as one:
            reader, writer = await one.connect()
            writer.write(b"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
            await asyncio.sleep(0.1)
            writer.write(b"ok")
            assert (await reader.read()).startswith(b"HTTP/1.1 200 ")

    asyncio.run(run())


def test_http_1_0_is_told_each_time_that_the_connection_goes_on() -> None:
    """Which a request that is answered as it was before would not be."""
    named: list[bool] = []

    async def application(scope: dict[str, Any], _receive: Any, send: Any) -> None:
        named.append(WHOLE in scope)
        await reply(send, b"")

    async def run() -> None:
        async with site(application) as one:
            reader, writer = await one.connect()
            for asked in (b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", GET % b"", LAST % b""):
                writer.write(asked)
                await reader.readuntil(b"\r\n\r\n")

    asyncio.run(run())
    assert named == [False, True, False]


def test_all_who_may_be_there_are_let_in_however_they_come() -> None:
    async def run() -> None:
        async with site(echo, connections=3) as one:
            for _ in range(20):
                streams = await asyncio.gather(*[one.connect() for _ in range(6)])
                first = asyncio.gather(*[one_answer(*stream) for stream in streams])
                assert await asyncio.wait_for(first, 10) == [True] * 6

    async def one_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        writer.write(LAST % b"a")
        told = await reader.read()
        writer.close()
        return told.endswith(b"GET /a  ")

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
            assert told.endswith(
                b"transfer-encoding: chunked\r\nconnection: close\r\n\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n"
            )
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


def test_who_works_for_one_who_leaves_is_told_once() -> None:
    told: list[str] = []

    async def busy(scope: dict[str, Any], receive: Any, _send: Any) -> None:
        await body_of(receive)
        with scope[PRESENCE].watch(lambda: told.append("first")):
            pass
        with scope[PRESENCE].watch(lambda: told.append("left")):
            await receive()
        with scope[PRESENCE].watch(lambda: told.append("had left")):
            pass

    async def run() -> None:
        async with site(busy) as one:
            _, writer = await one.connect()
            writer.write(GET % b"")
            await asyncio.sleep(0.05)
            assert told == []
            writer.close()
            await asyncio.sleep(0.05)

    asyncio.run(run())
    assert told == ["left", "had left"]


@pytest.mark.parametrize(("beginning", "status"), [(b"", []), (b"GET / HTTP/1.1\r\nHo", [408]), (GET % b"", [])])
def test_who_says_no_more_is_hung_up_on(beginning: bytes, status: list[int]) -> None:
    counted: list[int] = []

    async def run() -> None:
        async with site(echo, head_seconds=0.5, refused=counted.append) as one:
            loop = asyncio.get_running_loop()
            start = loop.time()
            told = await one.send(beginning)
            assert 0.5 <= loop.time() - start < 5
            assert told.startswith(b"HTTP/1.1 200") == beginning.endswith(b"\r\n\r\n")

    asyncio.run(run())
    assert counted == status


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_who_only_sends_no_more_gets_all_that_was_asked_for(version: bytes) -> None:
    """Several answers on one connection, none of them at once."""

    async def slow(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await asyncio.sleep(0.7)
        await echo(scope, receive, send)

    async def run() -> None:
        async with site(slow) as one:
            reader, writer = await one.connect()
            heads = (b"GET /%d HTTP/%s\r\nHost: x\r\nConnection: keep-alive\r\n\r\n" % (n, version) for n in (1, 2))
            writer.write(b"".join(heads))
            writer.write_eof()
            told = await asyncio.wait_for(reader.read(), 10)
            interim = told.count(b"HTTP/1.1 100 Continue\r\n\r\n")
            assert interim == 0 if version == b"1.0" else 1 <= interim < 8
            assert told.replace(b"HTTP/1.1 100 Continue\r\n\r\n", b"").count(b"HTTP/1.1 200") == 2
            assert told.index(b"GET /1") < told.index(b"GET /2")

    asyncio.run(run())


@pytest.mark.parametrize(
    "beginning", [b"", b"GET / HTTP/1.1\r\nHo", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nbody"]
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
            told = await one.send(b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
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
            await asyncio.wait_for(one.listener.close(60), 5)
            assert bodies(await busy.read()) == [b"GET /slow  "]
            assert await idle.read() == b""
            with pytest.raises(ConnectionError):
                await one.connect()

    asyncio.run(run())


@pytest.mark.parametrize("seconds", [0.05, 2.0])
@pytest.mark.parametrize(
    "beginning", [b"GET / HTTP/1.1\r\nHo", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nbody"]
)
def test_who_is_cut_off_by_the_end_has_not_been_slow(beginning: bytes, seconds: float) -> None:
    counted: list[int] = []

    async def run() -> None:
        async with site(echo, refused=counted.append) as one:
            reader, writer = await one.connect()
            writer.write(beginning)
            await asyncio.sleep(0.05)
            await one.listener.close(seconds)
            with contextlib.suppress(ConnectionError):
                assert await asyncio.wait_for(reader.read(), 5) == b""

    asyncio.run(run())
    assert counted == []


def test_the_end_costs_no_request_that_is_on_its_way() -> None:
    async def run() -> None:
        async with site(echo) as one:
            used, again = await one.connect()
            again.write(GET % b"first")
            await used.readuntil(b"GET /first  ")
            new, writer = await one.connect()
            # Nothing has awaited since, so that the system has let this one in and the listener has not yet.
            with socket.create_connection(("127.0.0.1", one.port)) as waiting:
                waiting.sendall(GET % b"waiting")
                ending = asyncio.create_task(one.listener.drain(5))
                await asyncio.sleep(0.1)
                again.write(GET % b"again")
                writer.write(GET % b"new")
                for reader, path in ((used, "again"), (new, "new")):
                    told = await asyncio.wait_for(reader.read(), 5)
                    assert b"connection: close" in told
                    assert bodies(told) == [f"GET /{path}  ".encode()]
                await ending
                told = waiting.makefile("rb").read()
                assert bodies(told) == [b"GET /waiting  "]

    asyncio.run(run())


def test_the_end_waits_for_who_still_takes_the_answer() -> None:
    body = b"x" * 4_000_000

    async def large(_scope: dict[str, Any], _receive: Any, send: Any) -> None:
        await reply(send, body)

    async def run() -> None:
        async with site(large) as one:
            reader, writer = await one.connect()
            writer.write(GET % b"")
            await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(0.1)
            ending = asyncio.create_task(one.listener.close(5))
            await asyncio.sleep(0.1)
            assert len(await asyncio.wait_for(reader.read(), 5)) == len(body)
            await ending

    asyncio.run(run())
