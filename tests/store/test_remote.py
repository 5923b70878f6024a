"""A remote store may lie, hang, vanish or cut its answers: what is handed on is whole, or an error that says why."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
import re
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from coopgraph.errors import CoopgraphError
from coopgraph.release.remote_view import PlainView
from coopgraph.store.question import Question
from coopgraph.store.remote import results
from coopgraph.store.remote.reader import RemoteReader, RemoteStore
from coopgraph.store.remote.service import RemoteLimits, RemoteQuery, RemoteService
from coopgraph.store.remote.stream import TABLE, Arriving, Replacing
from tests.store.lying import JSON, SOME, TRIPLES, Liar, chunked, lying, response

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMITS = RemoteLimits(seconds=5.0, rows=100, size=10_000)
SELECT = "SELECT ?s { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o }"
LINE = b"<http://example.org/a> <http://example.org/p> <http://example.org/b> .\n"
TRUE = b'{"head":{},"boolean":true}'


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying() as made:
        yield made


@pytest.fixture
def reader(liar: Liar) -> Iterator[RemoteReader]:
    with contextlib.closing(RemoteStore(liar.service, connections=2)) as store:
        yield RemoteReader(store, PlainView(), LIMITS)


def refused(reader: RemoteReader, text: str) -> CoopgraphError:
    with pytest.raises(CoopgraphError) as caught:
        reader.query(text)
    return caught.value


def test_whole_answers_are_taken(liar: Liar, reader: RemoteReader) -> None:
    for answer in (
        response(SOME),
        response(SOME, "application/json; charset=utf-8"),
        response(chunked(SOME[:20], SOME[20:]), Transfer_Encoding="chunked"),
        response(SOME, Connection="close"),
    ):
        liar.answer = lambda _, answer=answer: answer
        rows = reader.query(SELECT)
        assert isinstance(rows, QuerySolutions)
        assert [row["s"] for row in rows] == [NamedNode("http://example.org/a")]
    liar.answer = lambda _: response(LINE * 2, TRIPLES)
    triples = reader.query(CONSTRUCT)
    assert isinstance(triples, QueryTriples)
    assert len(list(triples)) == 1
    liar.answer = lambda _: response(TRUE)
    truth = reader.query("ASK {}")
    assert isinstance(truth, QueryBoolean)
    assert bool(truth)


SORRY = b"\nThe query was cancelled after 2 seconds"


@pytest.mark.parametrize(
    ("text", "answer", "code"),
    {
        "cut, and the length says so": (SELECT, response(SOME[:50], Content_Length=str(len(SOME))), "store-lost"),
        "cut between chunks": (
            SELECT,
            response(chunked(SOME[:50], end=False), Transfer_Encoding="chunked"),
            "store-lost",
        ),
        "cut, and nothing says so": (SELECT, response(SOME[:-1]), "store-failed"),
        "cut after a row": (SELECT, response(SOME[:-3]), "store-failed"),
        "an error after the end": (SELECT, response(SOME + SORRY), "store-failed"),
        "an error in the middle": (SELECT, response(SOME[:60] + SORRY), "store-failed"),
        "an error in the last chunk": (
            SELECT,
            response(chunked(SOME[:60], SORRY), Transfer_Encoding="chunked"),
            "store-failed",
        ),
        "an error after a yes": ("ASK {}", response(TRUE + SORRY), "store-failed"),
        "a cut yes": ("ASK {}", response(TRUE[:-1]), "store-failed"),
        "a table for a yes": ("ASK {}", response(SOME), "store-failed"),
        "a yes for a table": (SELECT, response(TRUE), "store-failed"),
        "another JSON": ("ASK {}", response(b'{"head":{"vars":["__ASK_RETVAL"]},"results":[]}'), "store-failed"),
        "nothing": (SELECT, response(b""), "store-failed"),
        "a page of errors that calls itself a success": (SELECT, response(b"<html>", "text/html"), "store-failed"),
        "a page of errors in the place of results": (SELECT, response(b"<html>"), "store-failed"),
        "an error after triples": (CONSTRUCT, response(LINE + SORRY, TRIPLES), "store-failed"),
        "a cut triple": (CONSTRUCT, response(LINE + LINE[:40], TRIPLES), "store-failed"),
        "triples without an end": (CONSTRUCT, response(LINE, TRIPLES, Connection="close"), "store-failed"),
        "a table for triples": (CONSTRUCT, response(SOME), "store-failed"),
        "no type": (SELECT, response(SOME, ""), "store-failed"),
        "compressed": (SELECT, response(SOME, Content_Encoding="gzip"), "store-failed"),
        "its own limit of rows": (SELECT, response(SOME, X_SPARQL_MaxRows="1"), "too-large"),
        "its own limit of time": (SELECT, response(SOME, X_SQL_State="S1TAT"), "deadline"),
        "no HTTP": (SELECT, b"what?\r\n\r\n", "store-lost"),
        "elsewhere": (SELECT, response(b"", status="302 Found", Location="http://127.0.0.1:1/"), "store-failed"),
        "a bad query": (SELECT, response(b"Line 1: no", status="400 Bad Request"), "request"),
        "no entrance": (SELECT, response(b"", status="403 Forbidden"), "store-failed"),
        "its own deadline": (SELECT, response(b"Query timed out", status="503 Unavailable"), "deadline"),
        "too busy": (SELECT, response(b"Later", status="503 Unavailable"), "busy"),
        "a mistake": (SELECT, response(b"<h1>NullPointer</h1>", status="500 Oops"), "store-failed"),
    }.values(),
)
def test_what_is_not_whole_is_refused(liar: Liar, reader: RemoteReader, text: str, answer: bytes, code: str) -> None:
    liar.answer = lambda _: answer
    assert refused(reader, text).code == code
    # Nothing of it sticks to the next question.
    liar.answer = lambda _: response(TRUE)
    assert bool(reader.query("ASK {}"))


@given(cut=st.integers(0, len(SOME) - 1))
def test_no_cut_of_a_table_is_taken_for_a_table(cut: int) -> None:
    with contextlib.closing(Arriving(LIMITS, media_type=TABLE, form="table")) as arriving:
        arriving.write(SOME[:cut])
        arriving.finish()
        with pytest.raises(CoopgraphError) as caught:
            results.table(arriving)
    assert caught.value.code == "store-failed"


@pytest.mark.parametrize(
    "media_type", [JSON, "text/csv", "application/sparql-results+xml", "text/tab-separated-values"]
)
def test_no_cut_answer_is_written_in_another_format(media_type: str) -> None:
    with contextlib.closing(Arriving(LIMITS, media_type=TABLE, form="table")) as arriving:
        arriving.write(SOME[:-2])
        arriving.finish()
        with pytest.raises(CoopgraphError) as caught:
            results.written(arriving, Question(SELECT, media_type), rows=10, size=1000, inline=1000)
    assert caught.value.code == "store-failed"


def test_limits_hold_while_the_answer_arrives(liar: Liar, reader: RemoteReader) -> None:
    head, row = b'{"head":{"vars":["s"]},"results":{"bindings":[', b'{"s":{"type":"literal","value":"x"}}'
    liar.answer = lambda _: response(head + b",".join([row] * 101) + b"]}}")
    assert (refused(reader, SELECT).code, refused(reader, SELECT).limit) == ("too-large", "query_rows")
    liar.answer = lambda _: response(chunked(*[b" " * 1000] * 20, end=False), Transfer_Encoding="chunked")
    assert refused(reader, SELECT).limit == "query_bytes"
    liar.answer = lambda _: response(LINE * 101, TRIPLES)
    assert refused(reader, CONSTRUCT).limit == "query_rows"


def test_silence_ends_at_the_deadline_and_closes_the_connection(liar: Liar, reader: RemoteReader) -> None:
    liar.answer = lambda _: None
    started = time.monotonic()
    error = refused(reader, SELECT)
    assert (error.code, error.limit) == ("deadline", "query_seconds")
    assert time.monotonic() - started > 4.9
    assert liar.gone.wait(30)


def test_a_trickle_ends_at_the_deadline_too() -> None:
    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):
            connection.recv(65536)
            connection.sendall(response(b"", Content_Length="5000"))
            while True:
                connection.sendall(b" ")
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=drip, args=(listener,), daemon=True).start()
        service = RemoteService(query=f"http://127.0.0.1:{listener.getsockname()[1]}/")
        with contextlib.closing(RemoteStore(service, connections=1)) as store:
            assert refused(RemoteReader(store, PlainView(), LIMITS), SELECT).code == "deadline"


def test_who_stops_waiting_closes_the_connection(liar: Liar) -> None:
    liar.answer = lambda _: None
    with contextlib.closing(RemoteStore(liar.service, connections=1)) as store:

        async def give_up() -> None:
            query = RemoteQuery(text=SELECT, form="table")
            task = asyncio.create_task(store.loop.within(store.client.ask(query, LIMITS)))
            while not liar.requests:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(give_up())
        assert liar.gone.wait(30)


def test_nobody_there_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with contextlib.closing(RemoteStore(RemoteService(query=f"http://127.0.0.1:{port}/"), connections=1)) as store:
        error = refused(RemoteReader(store, PlainView(), LIMITS), SELECT)
    assert error.code == "store-lost"
    assert str(port) not in error.detail


def test_a_connection_that_went_stale_costs_no_answer(liar: Liar, reader: RemoteReader) -> None:
    # It says nothing of closing the connection, and closes it.
    answers = iter([response(TRUE), b"", response(TRUE)])
    liar.answer = lambda _: next(answers)
    assert bool(reader.query("ASK {}"))
    assert bool(reader.query("ASK {}"))
    assert liar.connections == 2


def test_what_is_no_standard_query_is_not_sent(liar: Liar, reader: RemoteReader) -> None:
    for text in (
        'DEFINE get:soft "soft" SELECT * { ?s ?p ?o }',
        "SELECT * {",
        "INSERT DATA { <a:a> <a:a> 1 }",
        "JSON {} {}",
    ):
        assert refused(reader, text).code == "syntax"
    assert liar.requests == []


def test_no_proxy_of_the_environment_is_used(liar: Liar, monkeypatch: pytest.MonkeyPatch) -> None:
    liar.answer = lambda _: response(TRUE)
    with lying() as proxy:
        proxy.answer = lambda _: response(TRUE)
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        with contextlib.closing(RemoteStore(liar.service, connections=1)) as store:
            assert bool(RemoteReader(store, PlainView(), LIMITS).query("ASK {}"))
        assert proxy.requests == []


@pytest.mark.parametrize("scheme", ["basic", "digest", "bearer"])
def test_credentials_are_shown_as_asked_for_and_to_nobody_else(
    liar: Liar, scheme: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    challenge = {"basic": 'Basic realm="x"', "digest": 'Digest realm="x", nonce="n", qop="auth", algorithm=MD5'}

    def answer(request: bytes) -> bytes:
        if b"\r\nauthorization:" in request.lower():
            return response(TRUE)
        return response(b"", status="401 Unauthorized", WWW_Authenticate=challenge.get(scheme, "Bearer"))

    liar.answer = answer
    url, secret = liar.service.query, "s3cret-of-mine"
    service = (
        RemoteService(query=url, token=secret)
        if scheme == "bearer"
        else RemoteService(query=url, user="me", password=secret)
    )
    assert secret not in repr(service)
    with contextlib.closing(RemoteStore(service, connections=1)) as store:
        reader = RemoteReader(store, PlainView(), LIMITS)
        assert bool(reader.query("ASK {}"))
        asked = len(liar.requests)
        assert bool(reader.query("ASK {}"))
        # The second question needs no challenge.
        assert len(liar.requests) == asked + 1
        liar.answer = lambda _: response(b"", status="403 Forbidden")
        assert secret not in str(refused(reader, SELECT))
    shown = base64.b64encode(f"me:{secret}".encode())
    assert any(shown in request for request in liar.requests) == (scheme == "basic")
    assert any(secret.encode() in request for request in liar.requests) == (scheme == "bearer")
    assert secret not in caplog.text


@given(st.data())
def test_a_text_is_replaced_wherever_it_is_cut(data: st.DataObject) -> None:
    content = data.draw(
        st.lists(st.sampled_from([b"ab", b"abc", b"a", b"b", b"c", b"xabcx"]), max_size=12).map(b"".join)
    )
    cuts = sorted(data.draw(st.lists(st.integers(0, len(content)), max_size=6)))
    replacing = Replacing({b"abc": b"", b"xx": b"y"})
    parts = [content[start:end] for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True)]
    found = b"".join(map(replacing.of, parts)) + replacing.end()
    assert found == re.sub(b"abc|xx", lambda match: b"" if match[0] == b"abc" else b"y", content)


def test_what_the_hidden_text_leaves_is_what_was_before(liar: Liar) -> None:
    mark = "urn:coopgraph:x:"
    liar.answer = lambda _: response(SOME.replace(b"http:", mark.encode() + b"http:"))
    query = RemoteQuery(text=SELECT, form="table", hidden=mark)
    with (
        contextlib.closing(RemoteStore(liar.service, connections=1)) as store,
        contextlib.closing(store.ask(query, LIMITS)) as arriving,
    ):
        assert arriving.file.read() == SOME
