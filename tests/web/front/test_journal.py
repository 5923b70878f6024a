"""The journal: lines for programs or people, nothing secret, and nobody waits for whoever reads it."""

from __future__ import annotations

import io
import json
import logging
import os
import threading
import time
from typing import TextIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.web.front import journal
from coopgraph.web.front.journal import Entry, Journal, Messages


def entry(**changed: object) -> Entry:
    values = {
        "id": "0123456789abcdef", "client": "127.0.0.1", "method": "GET", "path": "/sparql", "status": 200,
        "seconds": 0.0123, "release": 3, "outcome": "answered", "size": 42,
    }  # fmt: skip
    return Entry(**(values | changed))  # type: ignore[arg-type]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def written(stream: TextIO, *entries: Entry) -> str:
    book = Journal(stream)
    for one in entries:
        book.record(one)
    book.close(10)
    return stream.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_programs_get_a_line_of_json() -> None:
    first, second = written(io.StringIO(), entry(), entry(release=None, status=504, outcome="deadline")).splitlines()
    told = json.loads(first)
    expected = {"id": "0123456789abcdef", "method": "GET", "path": "/sparql", "status": 200, "release": 3, "bytes": 42}
    assert expected.items() <= told.items()
    assert (told["seconds"], told["outcome"], told["client"]) == (0.0123, "answered", "127.0.0.1")
    assert {"time", "level", "logger"} <= set(told)
    assert (json.loads(second)["release"], json.loads(second)["outcome"]) == (None, "deadline")


@given(path=st.text(max_size=600), client=st.text(max_size=60))
def test_a_line_stays_a_line_whatever_was_asked(path: str, client: str) -> None:
    line = journal._for_programs(entry(path=path, client=client))
    assert line.count("\n") == 1
    assert line.isascii()
    assert json.loads(line)["client"] == client
    shown = journal._for_people(entry(path=path, client=client))
    assert shown.count("\n") == 1
    assert "\x1b" not in shown


def test_people_get_words() -> None:
    line = written(Terminal(), entry(outcome="deadline", status=504))
    assert "504 GET     /sparql 12.3 ms 42 B deadline" in line


def test_messages_of_modules_go_the_same_way() -> None:
    stream = io.StringIO()
    book = Journal(stream)
    log = logging.Logger("coopgraph.test")
    log.addHandler(Messages(book))
    try:
        raise RuntimeError("inside")
    except RuntimeError:
        log.exception("A %s happened", "mistake")
    book.close(10)
    told = json.loads(stream.getvalue())
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "coopgraph.test", "A mistake happened")
    assert "RuntimeError: inside" in told["exc_info"]


def test_a_reader_who_does_not_read_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_MOST", 3000)
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as reader, os.fdopen(writing, "w", buffering=1) as writer:
        book = Journal(writer)
        started = time.monotonic()
        for _ in range(10_000):
            book.record(entry())
        assert time.monotonic() - started < 5
        got: list[bytes] = []
        drain = threading.Thread(target=lambda: got.append(reader.read()), daemon=True)
        drain.start()
        book.record(entry(path="/last"))
        book.close(10)
        writer.close()
        drain.join(10)
    lines = [json.loads(line) for line in got[0].splitlines()]
    dropped = [line for line in lines if "dropped" in line["message"]]
    assert dropped
    told = sum(int(line["message"].split()[0]) for line in dropped)
    assert len(lines) - len(dropped) + told == 10_001


def test_a_stream_that_is_gone_ends_nothing() -> None:
    stream = io.StringIO()
    book = Journal(stream)
    stream.close()
    book.record(entry())
    time.sleep(0.3)
    book.record(entry())
    book.close(10)
