"""`coopgraph serve` as a process of its own, on a real socket."""

from __future__ import annotations

import contextlib
import csv
import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from coopgraph import terms
from coopgraph.cli.serve import address
from coopgraph.errors import CoopgraphError
from coopgraph.sparql.negotiation import GRAPHS, TABLES
from coopgraph.sparql.request import FORM, QUERY
from tests.small import Small
from tests.web import made
from tests.web.made import FORUM, RUNAWAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SCRIPT = "from coopgraph.cli import main; main()"
HOSTS = f"SELECT ?host {{ <{terms.BASE}{FORUM}> <{terms.NS}host> ?host }}"
ABOUT = f"CONSTRUCT WHERE {{ <{terms.BASE}{FORUM}> ?p ?o }}"


@dataclass
class Served:
    """A running service and where it is."""

    process: subprocess.Popen[str]
    url: str
    directory: Path

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.send("GET", path, None, headers)

    def ask(self, query: str, accept: str = "*/*") -> tuple[int, dict[str, str], bytes]:
        return self.get("/sparql?" + urlencode({"query": query}), Accept=accept)

    def send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()


@contextlib.contextmanager
def serving(directory: Path, *arguments: str, before: Sequence[str] = (), **settings: str) -> Iterator[Served]:
    """The service over `directory`/data, until the context ends; `before` is a command that starts commands."""
    command = [*before, sys.executable, "-c", SCRIPT, "serve", "--data", str(directory / "data"), *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | settings)
    assert process.stderr is not None
    try:
        said = ""
        while "Serving at " not in said:
            line = process.stderr.readline()
            if not line:
                pytest.fail(f"The service ended with {process.wait()}: {said}")
            said += line
        yield Served(process, said.rpartition("Serving at ")[2].strip().rstrip("/"), directory)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=30)
        process.stderr.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    directory = tmp_path_factory.mktemp("served")
    made.release(directory)
    with serving(directory, "--bind", "127.0.0.1:0", COOPGRAPH_QUERY_SECONDS="2") as running:
        yield running


def test_three_ways_of_asking(served: Served) -> None:
    status, headers, body = served.ask(HOSTS)
    assert status == 200
    assert headers["content-length"] == str(len(body))
    form = urlencode({"query": HOSTS}).encode()
    assert served.send("POST", "/sparql", form, {"Content-Type": FORM})[2] == body
    assert served.send("POST", "/sparql", HOSTS.encode(), {"Content-Type": QUERY})[2] == body
    assert served.send("QUERY", "/sparql", HOSTS.encode(), {"Content-Type": QUERY})[2] == body
    assert json.loads(body)["results"]["bindings"][0]["host"]["value"] == terms.ID + "actor/atlantis"


@pytest.mark.parametrize("media_type", [offer.media_type for offer in TABLES])
def test_tables_read_back(served: Served, media_type: str) -> None:
    status, headers, body = served.ask(HOSTS, media_type)
    assert status == 200
    assert headers["content-type"].startswith(media_type)
    form = QueryResultsFormat.from_media_type(media_type)
    if form == QueryResultsFormat.CSV:
        assert list(csv.reader(io.StringIO(body.decode()))) == [["host"], [terms.ID + "actor/atlantis"]]
        return
    solutions = parse_query_results(body, form)
    assert isinstance(solutions, QuerySolutions)
    assert [row["host"].value for row in solutions] == [terms.ID + "actor/atlantis"]


@pytest.mark.parametrize("media_type", [offer.media_type for offer in GRAPHS])
def test_graphs_read_back(served: Served, media_type: str) -> None:
    status, _, body = served.ask(ABOUT, media_type)
    plain = served.ask(ABOUT, "application/n-triples")[2]
    form = RdfFormat.from_media_type(media_type)
    assert status == 200
    assert form is not None
    assert {quad.triple for quad in parse(body, format=form)} == {
        quad.triple for quad in parse(plain, format=RdfFormat.N_TRIPLES)
    }


def test_refusals(served: Served) -> None:
    assert served.ask("SELECT")[0] == 400
    assert served.ask(HOSTS, "image/png")[0] == 406
    assert served.send("POST", "/sparql", b"x", {"Content-Type": "text/plain"})[0] == 415
    status, headers, _ = served.send("PUT", "/sparql", b"x", {"Content-Type": QUERY})
    assert status == 405
    assert "POST" in headers["allow"]
    assert served.get("/id/actor/nobody")[0] == 404


def test_what_methods_there_are_for_the_service_itself(served: Served) -> None:
    status, headers, body = served.send("OPTIONS", "*", None, {})
    assert (status, headers["allow"], body) == (200, "OPTIONS", b"")
    assert served.get("*")[0] == 405


def test_what_is_no_request_is_counted(served: Served) -> None:
    def counted() -> float:
        lines = served.get("/metrics")[2].decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if 'place="unread",status="400"' in line)

    before = counted()
    host, port = served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as client:
        client.sendall(b"nonsense\r\n\r\n")
        assert client.makefile("rb").read().startswith(b"HTTP/1.1 400 ")
    assert counted() == before + 1


def test_head_sends_the_length_and_nothing_else(served: Served) -> None:
    status, headers, body = served.send("HEAD", f"/{FORUM}.ttl", None, {})
    assert (status, body) == (200, b"")
    assert headers["content-length"] == str(len(served.get(f"/{FORUM}.ttl")[2]))


def test_no_query_makes_it_call_anybody(served: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(1)
        target = f"<http://127.0.0.1:{listener.getsockname()[1]}/>"
        for query, status in (
            (f"SELECT * {{ SERVICE {target} {{ ?s ?p ?o }} }}", 403),
            (f"SELECT * {{ SERVICE SILENT {target} {{ ?s ?p ?o }} }}", 403),
            (f"SELECT * {{ ?s ?p trueSERVICE{target}{{ ?a ?b ?c }} }}", 403),
            (f"PREFIX : {target} SELECT * {{ {{}} FILTER(1<?b||true)SERVICE:x#>\n{{ ?s ?p ?o }} }}", 403),
            (f"LOAD {target}", 400),
            (f"SELECT * FROM {target} {{ ?s ?p ?o }}", 200),  # noqa: S608 - SPARQL, and nothing of a stranger's
        ):
            assert served.ask(query)[0] == status, query
        assert served.get("/sparql?" + urlencode({"query": "ASK {}", "default-graph-uri": target[1:-1]}))[0] == 200
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_runaway_is_ended_and_holds_up_nobody(served: Served) -> None:
    outcome: list[int] = []
    runaway = threading.Thread(target=lambda: outcome.append(served.ask(RUNAWAY)[0]))
    started = time.monotonic()
    runaway.start()
    time.sleep(0.3)
    asked = time.monotonic()
    assert served.ask("ASK {}")[0] == 200
    assert served.get("/healthz")[0] == 200
    assert time.monotonic() - asked < 1.5
    runaway.join(timeout=20)
    assert outcome == [504]
    assert time.monotonic() - started < 10


def chunked(body: bytes) -> bytes:
    """A POST of a query whose length is not stated."""
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {QUERY}\r\n"
    return head.encode() + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(("size", "status"), [(1000, 200), (1_000_000, 200), (1_000_001, 413), (3_000_000, 413)])
def test_a_query_in_chunks_is_answered_whole_or_refused(served: Served, size: int, status: int) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(chunked(b"ASK {} #".ljust(size, b"x")))
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        told = json.loads(answer.read())
    assert answer.status == status
    assert status == 200 or (told["status"], told["limit"]) == (413, "request_bytes")


def test_slow_senders_do_not_keep_others_out(tmp_path: Path) -> None:
    made.release(tmp_path)
    with (
        serving(tmp_path, "--bind", "127.0.0.1:0", COOPGRAPH_READERS="1", COOPGRAPH_REQUEST_BODIES="2") as served,
        contextlib.ExitStack() as senders,
    ):
        host, port = served.url.removeprefix("http://").split(":")
        for _ in range(100):
            sender = senders.enter_context(socket.create_connection((host, int(port)), timeout=30))
            sender.sendall(f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\n".encode())
            sender.sendall(b"Content-Length: 1000\r\n\r\nASK")
        assert served.ask("ASK {}")[0] == 200
        refused = served.send("POST", "/sparql", b"ASK {}", {"Content-Type": QUERY})
        assert (refused[0], json.loads(refused[2])["limit"]) == (503, "request_bodies")
        assert int(refused[1]["retry-after"]) > 0
        senders.close()
        deadline = time.monotonic() + 10
        while served.send("POST", "/sparql", b"ASK {}", {"Content-Type": QUERY})[0] != 200:
            assert time.monotonic() < deadline


def test_a_new_release_is_served_without_a_restart(tmp_path: Path) -> None:
    made.release(tmp_path)
    with serving(tmp_path, "--bind", "127.0.0.1:0", COOPGRAPH_READERS="1") as served:
        assert json.loads(served.get("/readyz")[2])["release"] == 1
        small = Small()
        small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', '"Sunken Atlantis"@en')
        made.release(tmp_path, small)
        assert json.loads(served.get("/readyz")[2])["release"] == 2
        assert b"Sunken Atlantis" in served.get("/id/actor/atlantis")[2]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_all_its_processes(tmp_path: Path, number: signal.Signals) -> None:
    made.release(tmp_path)
    with serving(tmp_path, "--bind", "127.0.0.1:0") as served:
        family = descendants(served.process.pid)
        # The readers; the service itself is one process.
        assert len(family) >= 2
        served.process.send_signal(number)
        assert served.process.wait(timeout=20) == 0
        deadline = time.monotonic() + 10
        while any(Path(f"/proc/{pid}").exists() for pid in family) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not [pid for pid in family if Path(f"/proc/{pid}").exists()]


def test_the_platform_may_name_the_port(tmp_path: Path) -> None:
    made.release(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serving(tmp_path, PORT=str(port), COOPGRAPH_READERS="1") as served:
        assert served.url == f"http://127.0.0.1:{port}"
        assert served.get("/healthz")[0] == 200


@pytest.mark.parametrize(
    "bind",
    ["8000", "localhost", ":8000", "127.0.0.1:http", "127.0.0.1:99999", "nowhere.invalid:80", "127.0.0.1:\u00b2"],
)
def test_what_is_no_address(bind: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        address(bind)
    assert caught.value.code == "settings"


def test_a_taken_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(CoopgraphError) as caught:
        address(f"127.0.0.1:{taken.getsockname()[1]}")
    assert "Cannot listen" in caught.value.detail
    assert caught.value.kind.exit == 3


def descendants(pid: int) -> set[int]:
    """The ids of all processes that stem from this one."""
    found: set[int] = set()
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        found |= {int(child)} | descendants(int(child))
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            if int(child) not in found:
                found |= {int(child)} | descendants(int(child))
    return found


def test_without_any_release_the_shipped_graph_is_built_and_served(tmp_path: Path) -> None:
    with serving(tmp_path, "--bind", "127.0.0.1:0", COOPGRAPH_READERS="1") as served:
        assert json.loads(served.get("/readyz")[2])["release"] == 1
        assert b"ASEAN" in served.get("/id/actor/asean")[2]
