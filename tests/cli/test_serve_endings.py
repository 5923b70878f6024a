"""How the service begins, lets clients go, and ends; on a real socket, under load."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from coopgraph.sparql.request import QUERY
from tests.cli.load import Load
from tests.cli.test_serve import SCRIPT, Served, descendants, serving
from tests.small import Small
from tests.web import made
from tests.web.made import RUNAWAY

if TYPE_CHECKING:
    from collections.abc import Iterator

ESTABLISHED, CLOSE_WAIT = "01", "08"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"


def work(number: int) -> str:
    """A query that takes a moment, and another one each time."""
    return f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?c ?d ?e FILTER(?a != <urn:{number}>) }}"


def host(served: Served) -> str:
    return served.url.removeprefix("http://")


def dial(served: Served) -> socket.socket:
    name, port = host(served).split(":")
    return socket.create_connection((name, int(port)), timeout=30)


def queries(served: Served) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in json.loads(served.get("/queries")[2])["queries"]}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    directory = tmp_path_factory.mktemp("served")
    made.release(directory)
    limits = {"COOPGRAPH_QUERY_SECONDS": "20", "COOPGRAPH_REQUEST_SECONDS": "1", "COOPGRAPH_CACHE_BYTES": "0"}
    with serving(directory, "--bind", "127.0.0.1:0", **limits) as running:
        yield running


# Clients that leave, or take their time.


@pytest.mark.parametrize("size", [0, 300_000])
def test_a_client_that_leaves_ends_its_query(served: Served, size: int) -> None:
    name = f"leaving-{size:06}"
    with dial(served) as client:
        head = f"GET /sparql?{urlencode({'query': RUNAWAY})} HTTP/1.1\r\nHost: x\r\nX-Request-Id: {name}\r\n"
        # A body has no meaning here, and is more than anybody would keep unread.
        client.sendall(f"{head}Content-Length: {size}\r\n\r\n".encode() + b"a" * size)
        wait_until(lambda: queries(served).get(name, {}).get("state") == "running")
    wait_until(lambda: queries(served)[name]["state"] == "cancelled", seconds=10.0)
    assert queries(served)[name]["outcome"] == "gone"


def test_a_reader_of_a_page_that_leaves_ends_its_query_too(served: Served) -> None:
    with dial(served) as client:
        head = f"GET /sparql?{urlencode({'query': RUNAWAY, 'format': 'html'})} HTTP/1.1\r\nHost: x\r\n"
        client.sendall(f"{head}X-Request-Id: leaving-0002\r\n\r\n".encode())
        wait_until(lambda: queries(served).get("leaving-0002", {}).get("state") == "running")
    wait_until(lambda: queries(served)["leaving-0002"]["state"] == "cancelled")


def test_a_reader_of_a_page_that_leaves_at_once_ends_its_query_too(served: Served) -> None:
    names = {f"leaving-1{number:03}": number / 500 for number in range(6)}
    for name, seconds in names.items():
        with dial(served) as client:
            # Closing resets the connection, so that it is known at once.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            head = f"GET /sparql?{urlencode({'query': RUNAWAY, 'format': 'html'})} HTTP/1.1\r\nHost: x\r\n"
            client.sendall(f"{head}X-Request-Id: {name}\r\n\r\n".encode())
            time.sleep(seconds)
    time.sleep(0.5)
    wait_until(
        lambda: {one["state"] for name, one in queries(served).items() if name in names} <= {"cancelled"}, seconds=10.0
    )


def test_a_client_that_only_sends_no_more_gets_its_answer(served: Served) -> None:
    for query, status in (("ASK {}", 200), (work(1), 200), ("SELECT", 400)):
        for version in ("1.0", "1.1"):
            with dial(served) as client:
                head = f"GET /sparql?{urlencode({'query': query})} HTTP/{version}\r\nHost: x\r\n\r\n"
                client.sendall(head.encode())
                client.shutdown(socket.SHUT_WR)
                answer = http.client.HTTPResponse(client)
                answer.begin()
                assert answer.status == status
                assert len(answer.read()) == int(answer.headers["Content-Length"])
                assert client.recv(1) == b""


def test_a_request_that_is_broken_off_gets_none(served: Served) -> None:
    with dial(served) as client:
        client.sendall(f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\n".encode())
        client.sendall(b"Content-Length: 10\r\n\r\nASK")
        client.shutdown(socket.SHUT_WR)
        assert client.recv(100) == b""


def test_who_stops_reading_the_end_of_an_answer_is_not_waited_for(tmp_path: Path) -> None:
    made.shipped_release(tmp_path)
    limits = {"COOPGRAPH_SEND_SECONDS": "1", "COOPGRAPH_REQUEST_SECONDS": "1"}
    with serving(tmp_path, "--bind", "127.0.0.1:0", **limits) as slow, contextlib.ExitStack() as clients:
        for query in (LARGE, "SELECT * { ?s ?p ?o } LIMIT 1000"):
            client = clients.enter_context(dial(slow))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(f"GET /sparql?{urlencode({'query': query})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        wait_until(lambda: connections(slow) == [])


def connections(served: Served) -> list[str]:
    """The connections to the service that are still open at its end."""
    port = f":{int(host(served).rpartition(':')[2]):04X}"
    rows = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    local_and_state = [(row.split()[1], row.split()[3]) for row in rows]
    return [local for local, state in local_and_state if local.endswith(port) and state in {ESTABLISHED, CLOSE_WAIT}]


def test_headers_that_do_not_arrive_are_not_waited_for(served: Served) -> None:
    with dial(served) as client:
        client.sendall(b"GET /sparql?query=ASK{} HTTP/1.1\r\nHost: ")
        client.settimeout(15)
        assert client.recv(100) == b""


def test_a_body_that_does_not_arrive_is_not_waited_for(served: Served) -> None:
    with dial(served) as client:
        client.sendall(f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\n".encode())
        client.sendall(b"Content-Length: 10\r\n\r\nASK")
        answer = http.client.HTTPResponse(client)
        answer.begin()
        assert answer.status == 408
        assert json.loads(answer.read())["limit"] == "request_seconds"


@pytest.mark.parametrize(("size", "status"), [(40_000, 414), (70_000, 414), (1_000_000, 414)])
def test_an_address_out_of_proportion_is_refused(served: Served, size: int, status: int) -> None:
    with dial(served) as client, contextlib.suppress(BrokenPipeError, ConnectionResetError):
        client.sendall(b"GET /sparql?query=" + b"x" * size + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = http.client.HTTPResponse(client)
        answer.begin()
        assert answer.status in {status, 431}


def test_those_who_read_slowly_hold_no_reader(served: Served) -> None:
    with contextlib.ExitStack() as clients:
        for _ in range(8):
            client = clients.enter_context(dial(served))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(f"GET /sparql?{urlencode({'query': LARGE})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert client.recv(12) == b"HTTP/1.1 200"
        assert [one["id"] for one in queries(served).values() if one["state"] in {"running", "queued"}] == []
        assert served.ask("ASK {}")[0] == 200


# Releases that change.


@pytest.mark.slow
def test_a_new_release_costs_no_request(tmp_path: Path) -> None:
    made.release(tmp_path)
    with (
        serving(tmp_path, "--bind", "127.0.0.1:0") as served,
        Load(host(served), work) as load,
    ):
        for number in range(5):
            load.wait_for(20)
            small = Small()
            small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', f'"Atlantis {number}"@en')
            made.release(tmp_path, small)
            assert json.loads(served.get("/readyz")[2])["release"] == number + 2
        load.wait_for(20)
    assert load.cut == []
    assert load.refused == 0
    assert set(load.statuses) == {200}


@pytest.mark.slow
def test_a_new_release_costs_no_request_of_many(tmp_path: Path) -> None:
    """The same under all the load that one thread of wrk can make; it counts answers that are no success."""
    wrk = shutil.which("wrk")
    if wrk is None:
        if os.environ.get("CI"):
            pytest.fail("wrk is missing; it makes the load")
        pytest.skip("wrk is not installed")
    made.release(tmp_path)
    with serving(tmp_path, "--bind", "127.0.0.1:0") as served:
        address = f"{served.url}/sparql?{urlencode({'query': work(0)})}"
        # It goes on until it is interrupted: how long five releases take says how busy the machine is.
        command = [wrk, "-t1", "-c16", "-d250s", "--timeout=60s", address]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as load:
            try:
                for number in range(5):
                    small = Small()
                    small.entities["actors"] = small.entities["actors"].replace(
                        '"Atlantis"@en', f'"Atlantis {number}"@en'
                    )
                    made.release(tmp_path, small)
                    assert json.loads(served.get("/readyz")[2])["release"] == number + 2
                time.sleep(0.5)
                assert load.poll() is None, "the load ended before the releases did"
                load.send_signal(signal.SIGINT)
                told, _ = load.communicate(timeout=60)
            finally:
                load.kill()
    answered = re.search(r"(\d+) requests in", told)
    assert answered is not None
    assert int(answered[1]) > 100
    assert "Non-2xx" not in told
    assert "Socket errors" not in told


# The end.


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_end_cuts_no_request(tmp_path: Path, number: signal.Signals) -> None:
    made.release(tmp_path)
    with serving(tmp_path, "--bind", "127.0.0.1:0", COOPGRAPH_CACHE_BYTES="0") as served:
        with Load(host(served), work, clients=8) as load:
            load.wait_for(50)
            served.process.send_signal(number)
            assert served.process.wait(timeout=60) == 0
        assert load.cut == []
        assert set(load.statuses) == {200}


def test_a_query_that_runs_at_the_end_is_answered(tmp_path: Path) -> None:
    made.release(tmp_path)
    outcome: list[tuple[int, bytes]] = []
    with serving(tmp_path, "--bind", "127.0.0.1:0", COOPGRAPH_QUERY_SECONDS="3") as served:

        def ask() -> None:
            status, _, body = served.ask(RUNAWAY)
            outcome.append((status, body))

        asking = threading.Thread(target=ask)
        asking.start()
        wait_until(lambda: any(one["state"] == "running" for one in queries(served).values()))
        served.process.terminate()
        assert served.process.wait(timeout=30) == 0
        asking.join(10)
    ((status, body),) = outcome
    assert (status, json.loads(body)["limit"]) == (504, "query_seconds")


@pytest.mark.parametrize("form", ["json", "html"])
def test_one_that_runs_longer_than_the_end_may_take_is_told_of_the_end(tmp_path: Path, form: str) -> None:
    made.release(tmp_path)
    outcome: list[tuple[int, dict[str, str], bytes]] = []
    path = "/sparql?" + urlencode({"query": RUNAWAY, "format": form})
    accept = "text/html" if form == "html" else "application/json"
    with serving(tmp_path, "--bind", "127.0.0.1:0", COOPGRAPH_STOP_SECONDS="0.5") as served:
        asking = threading.Thread(target=lambda: outcome.append(served.get(path, Accept=accept)))
        asking.start()
        wait_until(lambda: any(one["state"] == "running" for one in queries(served).values()))
        started = time.monotonic()
        served.process.terminate()
        assert served.process.wait(timeout=30) == 0
        assert time.monotonic() - started < 15
        asking.join(10)
    ((status, headers, body),) = outcome
    assert status == 503
    assert int(headers["retry-after"]) > 0
    assert b"The service is being stopped." in body
    assert b"Try again" in body
    if form == "json":
        told = json.loads(body)
        assert told["type"].endswith("busy")


def computes(pid: int) -> bool:
    try:
        return b"coopgraph.network.apart.process" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.mark.slow
def test_a_computation_does_not_hold_up_the_end_and_is_told_of_it(tmp_path: Path) -> None:
    made.shipped_release(tmp_path)
    outcome: list[tuple[int, dict[str, str], bytes]] = []
    with serving(tmp_path, "--bind", "127.0.0.1:0", COOPGRAPH_STOP_SECONDS="0.5") as served:
        asking = threading.Thread(target=lambda: outcome.append(served.get("/reports/centrality.json?rounds=1000")))
        asking.start()
        wait_until(lambda: any(map(computes, descendants(served.process.pid))))
        started = time.monotonic()
        served.process.terminate()
        assert served.process.wait(timeout=60) == 0
        # The report would take half a minute and more.
        assert time.monotonic() - started < 15
        asking.join(10)
    ((status, headers, body),) = outcome
    assert (status, json.loads(body)["type"]) == (503, "urn:coopgraph:error:busy")
    assert int(headers["retry-after"]) > 0
    assert b"The service is being stopped." in body


def test_nothing_is_left_open_at_the_end(tmp_path: Path) -> None:
    made.release(tmp_path)
    command = [sys.executable, "-W", "error", "-m", "coopgraph.cli"]
    arguments = [*command, "serve", "--data", str(tmp_path / "data"), "--bind", "127.0.0.1:0"]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            url = said.rpartition("Serving at ")[2].strip().rstrip("/")
            served = Served(process, url, tmp_path)
            assert served.ask("ASK {}")[0] == 200
            assert served.get("/")[0] == 200
            assert served.ask("SELECT")[0] == 400
            process.terminate()
            rest = process.communicate(timeout=30)[1]
        finally:
            process.kill()
    assert process.returncode == 0
    lines = [json.loads(line) for line in rest.splitlines()]
    assert [line["status"] for line in lines] == [200, 200, 400]


@pytest.mark.parametrize("moment", [0.01, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6])
def test_an_interrupt_at_the_beginning_shows_no_trace(tmp_path: Path, moment: float) -> None:
    made.release(tmp_path)
    # What Python does before the command begins is not ours to change.
    script = f"import coopgraph.cli; print('begun', flush=True); {SCRIPT}"
    command = [sys.executable, "-c", script, "serve", "--data", str(tmp_path / "data"), "--bind", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            time.sleep(moment)
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=30)[1]
        finally:
            process.kill()
    assert "Traceback" not in said
    assert "KeyboardInterrupt" not in said


def test_it_is_ready_soon(tmp_path: Path) -> None:
    made.shipped_release(tmp_path)
    # A stated limit of two seconds, on a machine that is not busy with anything else.
    started = time.monotonic()
    with serving(tmp_path, "--bind", "127.0.0.1:0") as served:
        assert served.get("/readyz")[0] == 200
        assert time.monotonic() - started < 8


def wait_until(condition: object, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)
