from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, Literal, RdfFormat, parse

from coopgraph.errors import CoopgraphError
from coopgraph.store.workers import Question
from tests.store.conftest import G, N
from tests.store.made import JSON, LONG, gone, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.store.made import Pool


def error_of(pool: Pool, text: str, media_type: str = JSON) -> CoopgraphError:
    with pytest.raises(CoopgraphError) as caught:
        pool.ask(Question(text, media_type))
    return caught.value


def test_a_table(pool: Callable[..., Pool]) -> None:
    answer = pool().ask(Question("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o LIMIT 2", JSON))
    assert (answer.media_type, answer.rows) == (JSON, 2)
    rows = json.loads(answer.body)["results"]["bindings"]
    assert [row["o"]["value"] for row in rows] == ["0", "1"]


@pytest.mark.parametrize(
    ("media_type", "start"),
    [
        (JSON, b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"s,o\r\n"),
        ("text/tab-separated-values", b"?s\t?o\n"),
    ],
)
def test_tables_in_every_format(pool: Callable[..., Pool], media_type: str, start: bytes) -> None:
    answer = pool().ask(Question("SELECT ?s ?o { ?s ?p ?o }", media_type))
    assert answer.body.startswith(start)
    assert answer.media_type.startswith(media_type)
    assert answer.rows == N


def test_an_interrupt_at_the_terminal_is_not_for_the_readers(pool: Callable[..., Pool]) -> None:
    pids = pool().all_up()
    assert pids
    assert os.getpgrp() not in {os.getpgid(pid) for pid in pids}


@pytest.mark.parametrize("form", ["TURTLE", "N_TRIPLES", "N_QUADS", "TRIG", "RDF_XML", "JSON_LD"])
def test_graphs_in_every_format(pool: Callable[..., Pool], form: str) -> None:
    rdf = getattr(RdfFormat, form)
    answer = pool().ask(Question("CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }", rdf.media_type))
    (quad,) = parse(input=answer.body, format=rdf)
    assert quad.object == Literal("Việt Nam 越南", language="mul")
    assert (answer.media_type, answer.rows) == (rdf.media_type, 1)


def test_prefixes_shorten_a_graph(pool: Callable[..., Pool]) -> None:
    question = Question("DESCRIBE <http://example.org/1>", "text/turtle", prefixes={"ex": "http://example.org/"})
    body = pool().ask(question).body
    assert b"@prefix ex: <http://example.org/> ." in body
    assert b"ex:p" in body


def test_a_prefix_that_is_none_is_refused(pool: Callable[..., Pool]) -> None:
    with pytest.raises(CoopgraphError) as caught:
        pool().ask(Question("DESCRIBE <http://example.org/1>", "text/turtle", prefixes={"ex": "no IRI"}))
    assert caught.value.code == "request"


def test_a_boolean(pool: Callable[..., Pool]) -> None:
    answer = pool().ask(Question("ASK {}", JSON))
    assert json.loads(answer.body)["boolean"] is True
    assert answer.rows == 1


def test_the_dataset_and_the_base_reach_the_engine(pool: Callable[..., Pool]) -> None:
    text = "SELECT ?s { ?s <p> ?o }"
    ask = pool().ask
    base = "http://example.org/"
    assert ask(Question(text, JSON, base, default_graphs=[G])).rows == 1
    assert ask(Question(text, JSON, base, default_graphs=[DefaultGraph(), G])).rows == N + 1
    assert ask(Question(text, JSON, base, named_graphs=[G])).rows == 0
    assert ask(Question(text, JSON, base)).rows == N


def test_errors_of_the_query_leave_the_reader_alive(pool: Callable[..., Pool]) -> None:
    readers = pool()
    before = readers.pids()
    error = error_of(readers, "SELECT * {\n ?s }")
    assert (error.code, error.line, error.column) == ("syntax", 2, 6)
    assert error_of(readers, "ASK {}", "text/turtle").code == "not-acceptable"
    assert error_of(readers, "DESCRIBE <http://e/>", JSON).code == "not-acceptable"
    assert error_of(readers, 'SELECT * { "\ud800" }').code == "syntax"
    # It is a query all the same, and the store is not to blame.
    assert error_of(readers, "ASK { FILTER(<http://example.org/f>(1)) }").code == "unsupported"
    assert readers.ask(Question("ASK {}", JSON)).rows == 1
    assert readers.pids() == before


@pytest.mark.parametrize(
    "media_type", [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
)
def test_the_limit_of_rows_is_exact(pool: Callable[..., Pool], media_type: str) -> None:
    assert pool(rows=N).ask(Question("SELECT * { ?s ?p ?o }", media_type)).rows == N
    error = error_of(pool(rows=N - 1), "SELECT * { ?s ?p ?o }", media_type)
    assert (error.code, error.limit) == ("too-large", "query_rows")
    assert str(N - 1) in error.detail


def test_the_limit_of_rows_counts_triples(pool: Callable[..., Pool]) -> None:
    text = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    assert pool(rows=N).ask(Question(text, "text/turtle")).rows == N
    assert error_of(pool(rows=N - 1), text, "text/turtle").limit == "query_rows"


def test_the_limit_of_bytes_is_exact(pool: Callable[..., Pool]) -> None:
    text = "SELECT * { ?s ?p ?o }"
    size = len(pool().ask(Question(text, "text/csv")).body)
    assert len(pool(size=size).ask(Question(text, "text/csv")).body) == size
    readers = pool(size=size - 1)
    error = error_of(readers, text, "text/csv")
    assert (error.code, error.limit) == ("too-large", "query_bytes")
    assert str(size - 1) in error.detail
    assert readers.ask(Question("ASK {}", JSON)).rows == 1


def test_an_endless_table_is_stopped_by_its_rows(pool: Callable[..., Pool]) -> None:
    start = time.monotonic()
    assert error_of(pool(), "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }").code == "too-large"
    assert time.monotonic() - start < 5


def test_a_large_answer_arrives_whole(pool: Callable[..., Pool]) -> None:
    readers = pool(rows=1_000_000, size=100_000_000)
    answer = readers.ask(Question("SELECT * { ?a ?b ?c . ?d ?e ?f }", "text/tab-separated-values"))
    assert answer.rows == N * N
    assert answer.body.count(b"\n") == N * N + 1


def test_a_large_question_arrives_whole(pool: Callable[..., Pool]) -> None:
    text = "SELECT * { VALUES ?x { " + " ".join(f'"{i:06d}"' for i in range(50_000)) + " } }"
    assert pool(rows=50_000, size=100_000_000).ask(Question(text, "text/csv")).rows == 50_000


def test_the_deadline_ends_a_query_and_only_that(pool: Callable[..., Pool]) -> None:
    readers = pool(seconds=0.5)
    start = time.monotonic()
    error = error_of(readers, LONG)
    assert 0.5 <= time.monotonic() - start < 1.0
    assert (error.code, error.limit) == ("deadline", "query_seconds")
    assert "0.5 seconds" in error.detail
    assert readers.ask(Question("ASK {}", JSON)).rows == 1


def test_a_full_queue_is_busy_at_once_and_a_long_wait_after_the_time(pool: Callable[..., Pool]) -> None:
    readers = pool(seconds=1.0, waiting=1)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(error_of, readers, LONG)
        assert until(lambda: not readers.pool.idle)
        second = threads.submit(readers.ask, Question("ASK {}", JSON))
        assert until(lambda: readers.pool.waiting == 1)
        start = time.monotonic()
        assert error_of(readers, "ASK {}").code == "busy"
        assert time.monotonic() - start < 0.5
        assert first.result().code == "deadline"
        error = second.exception()
        assert error is None or (isinstance(error, CoopgraphError) and error.limit == "query_seconds")
    assert readers.ask(Question("ASK {}", JSON)).rows == 1


def test_many_threads_share_few_readers(pool: Callable[..., Pool]) -> None:
    readers = pool(readers=2)

    def ask(i: int) -> str:
        answer = readers.ask(Question(f"SELECT ?o {{ <http://example.org/{i}> ?p ?o }}", JSON))
        return str(json.loads(answer.body)["results"]["bindings"][0]["o"]["value"])

    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(ask, range(N))) == [str(i) for i in range(N)]
    assert len(readers.all_up()) == 2


def test_closing_ends_processes_running_queries_and_waiting_ones(pool: Callable[..., Pool]) -> None:
    readers = pool()
    pids = readers.pids()
    with ThreadPoolExecutor(2) as threads:
        running = threads.submit(error_of, readers, LONG)
        assert until(lambda: not readers.pool.idle)
        waiting = threads.submit(error_of, readers, "ASK {}")
        assert until(lambda: readers.pool.waiting == 1)
        readers.close()
        for told in (running.result(timeout=5), waiting.result(timeout=5)):
            assert (told.code, told.detail) == ("busy", "The service is being stopped.")
    assert error_of(readers, "ASK {}").code == "busy"
    assert all(map(gone, pids))


def test_a_directory_without_a_store_is_told_and_the_reader_lives(pool: Callable[..., Pool], tmp_path: Path) -> None:
    readers = pool()
    before = readers.pids()
    for directory in (tmp_path, tmp_path / "none"):
        with pytest.raises(CoopgraphError) as caught:
            readers.run(Question("ASK {}", JSON), directory)
        assert caught.value.code == "damaged"
    assert list(tmp_path.iterdir()) == []
    assert readers.ask(Question("ASK {}", JSON)).rows == 1
    assert readers.pids() == before


def test_readers_start_quickly(pool: Callable[..., Pool]) -> None:
    times = []
    for _ in range(3):
        start = time.monotonic()
        pool()
        times.append(time.monotonic() - start)
    # Within a second others are served again, which is several times more than it takes.
    assert min(times) < 1.0


def test_a_reader_imports_little() -> None:
    code = "import sys, coopgraph.store.reader_process; print(sorted(m.split('.')[0] for m in sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"click", "flask", "rdflib", "networkx", "filelock", "platformdirs", "rich"} & set(eval(found))  # noqa: S307


PARENT = """
import sys
from coopgraph.store.blocking import BlockingReaders
from coopgraph.store.workers import Limits, Question
readers = BlockingReaders(Limits(readers=2, seconds=100, memory=10**9, rows=10, size=1000))
while len(readers.pool.pids()) < 2:
    readers.start()
print(*readers.pool.pids(), flush=True)
readers.run(Question(sys.argv[2], "text/csv"), sys.argv[1])
"""


@pytest.mark.fault
def test_readers_go_when_their_parent_is_killed(store: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(store), LONG], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        # One of them is inside the engine by now, the other one waits.
        time.sleep(0.3)
        os.kill(parent.pid, signal.SIGKILL)
        assert until(lambda: all(map(gone, pids)), 3)


def test_one_thread_serves_all_queries(pool: Callable[..., Pool]) -> None:
    before = threading.active_count()
    readers = pool(readers=3)
    for _ in range(5):
        readers.ask(Question("ASK {}", JSON))
    assert threading.active_count() == before + 1
