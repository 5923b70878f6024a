"""Hostile queries end as they should, in time, while others are served and memory stays within its bound."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import statistics
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pytest
from pyoxigraph import Literal, RdfFormat, parse

from coopgraph.errors import KINDS, CoopgraphError
from coopgraph.store.workers import Question, Ticket
from tests.cli.test_serve import Served, serving
from tests.faults.hostile import ANSWERED, QUERIES, Hostile
from tests.store import made as stores
from tests.store.made import JSON, Pool, gone, until
from tests.web import made

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.fault, pytest.mark.slow]

SECONDS: Final = 2.0
"""The time limit of a query here."""

LATE: Final = 0.5
"""How long after its limit a query may end at most: what it takes to notice it, to kill a process and to tell."""

QUICK: Final = 0.1
"""How long the shortest query of another client may take, in 99 of 100 cases."""

MEMORY: Final = 500_000_000
READERS: Final = 3
PROCESSES: Final = READERS + 1
"""With the one in reserve."""


@pytest.fixture(scope="module")
def target() -> Iterator[tuple[str, list[object]]]:
    """An address that nobody may call, and the calls."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                calls.append(address)
                connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    store = stores.seal(tmp_path_factory.mktemp("store"), 3000)
    limits = stores.limits(readers=READERS, seconds=SECONDS, memory=MEMORY, rows=5000)
    with Pool(store, limits) as opened:
        opened.start()
        yield opened


def test_there_are_enough_of_each_kind() -> None:
    assert len(QUERIES) >= 30
    assert len({one.name for one in QUERIES}) == len(QUERIES)
    assert {code for one in QUERIES for code in one.ends} <= {*KINDS, ANSWERED}


@pytest.mark.parametrize("hostile", QUERIES, ids=lambda one: one.name)
def test_a_reader_ends_it_in_time(pool: Pool, target: tuple[str, list[object]], hostile: Hostile) -> None:
    address, calls = target
    # As others would find the readers: the one that the last query took is back.
    pool.all_up()
    start = time.monotonic()
    try:
        pool.ask(Question(hostile.text.replace("{target}", address), hostile.media_type), Ticket(client="192.0.2.66"))
        end = ANSWERED
    except CoopgraphError as error:
        end = error.code
    assert time.monotonic() - start < SECONDS + LATE
    assert end in hostile.ends
    assert calls == []
    assert pool.ask(Question("ASK {}", JSON), Ticket(client="192.0.2.1")).rows == 1


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    directory = tmp_path_factory.mktemp("served")
    made.shipped_release(directory)
    settings = {
        "COOPGRAPH_QUERY_SECONDS": str(SECONDS),
        "COOPGRAPH_QUERY_MEMORY": str(MEMORY),
        "COOPGRAPH_QUERY_ROWS": "5000",
        "COOPGRAPH_READERS": str(READERS),
        "COOPGRAPH_TRUSTED_PROXIES": "127.0.0.0/8",
    }
    with serving(directory, "--bind", "127.0.0.1:0", **settings) as running:
        yield running


class Bystander(threading.Thread):
    """Another client, which asks the shortest query again and again, and looks at the service's memory."""

    def __init__(self, served: Served) -> None:
        super().__init__()
        self.times: list[float] = []
        self.failures: list[object] = []
        self.most_memory = 0
        self._served = served
        self._done = threading.Event()

    def run(self) -> None:
        connection = http.client.HTTPConnection(self._served.url.removeprefix("http://"), timeout=30)
        number = 0
        while not self._done.wait(0.005):
            number += 1
            # A comment that is always another one: this shall be asked, and not remembered.
            path = "/sparql?" + urlencode({"query": f"ASK {{}} #{number}"})
            start = time.monotonic()
            connection.request("GET", path, headers={"X-Forwarded-For": "192.0.2.1"})
            answer = connection.getresponse()
            body = answer.read()
            self.times.append(time.monotonic() - start)
            if answer.status != 200 or b"true" not in body:
                self.failures.append((answer.status, body))
            if number % 5 == 0:
                self.most_memory = max(self.most_memory, memory(self._served.process.pid))
        connection.close()

    def stop(self) -> None:
        self._done.set()
        self.join(timeout=40)


def tree(pid: int) -> list[int]:
    """The process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += (task / "children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(one for child in set(children) for one in tree(int(child)))]


def memory(pid: int) -> int:
    """Bytes in memory of the process and all below it; what they share is counted again for each."""
    total = 0
    for one in tree(pid):
        try:
            status = Path(f"/proc/{one}/status").read_text(encoding="utf-8")
        except OSError:
            continue
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        total += int(found[1]) * 1024 if found else 0
    return total


def readers(served: Served) -> list[int]:
    """The reader processes of the service."""
    found = []
    for pid in tree(served.process.pid):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if b"coopgraph.store.reader_process" in command and not gone(pid):
            found.append(pid)
    return found


def published_bound(served: Served) -> int:
    status, _, body = served.get("/sparql", Accept="application/n-triples")
    assert status == 200
    triples = list(parse(input=body, format=RdfFormat.N_TRIPLES))
    limits = {quad.subject for quad in triples if quad.object == Literal("service_memory")}
    assert len(limits) == 1
    values = [quad.object for quad in triples if quad.subject in limits and quad.object != Literal("service_memory")]
    numbers = [int(value.value) for value in values if isinstance(value, Literal) and value.value.isdigit()]
    assert len(numbers) == 1
    return numbers[0]


@pytest.fixture(scope="module")
def usual(served: Served) -> float:
    """How long the slowest of a hundred takes while nothing hostile runs: a busy machine is slow for everybody."""
    alone = Bystander(served)
    alone.start()
    time.sleep(5)
    alone.stop()
    return slowest(alone.times)


@pytest.fixture(scope="module")
def bystander(served: Served, usual: float) -> Iterator[Bystander]:  # noqa: ARG001 - measured before this runs
    """Runs through all the queries that follow, and is judged at the end."""
    one = Bystander(served)
    one.start()
    yield one
    one.stop()


def slowest(times: list[float]) -> float:
    """What 99 of 100 stay under."""
    return statistics.quantiles(times, n=100)[-1]


def statuses(hostile: Hostile) -> set[int]:
    if hostile.calls:
        return {403}
    if hostile.text.startswith("LOAD"):
        return {400}
    return {200 if end == ANSWERED else KINDS[end].http for end in hostile.ends}


@pytest.mark.parametrize("hostile", QUERIES, ids=lambda one: one.name)
def test_the_service_ends_it_in_time_and_serves_others(
    served: Served, bystander: Bystander, target: tuple[str, list[object]], hostile: Hostile
) -> None:
    address, calls = target
    assert until(lambda: len(readers(served)) == PROCESSES)
    before = len(bystander.times)
    start = time.monotonic()
    status, headers, body = served.send(
        "POST",
        "/sparql",
        hostile.text.replace("{target}", address).encode(),
        {"Content-Type": "application/sparql-query", "X-Forwarded-For": "192.0.2.66"},
    )
    took = time.monotonic() - start
    time.sleep(0.1)
    assert status in statuses(hostile), body[:300]
    assert took < SECONDS + LATE
    assert headers["content-length"] == str(len(body))
    if status != 200:
        assert headers["content-type"].startswith("application/problem+json")
        assert headers["x-request-id"].encode() in body
    assert calls == []
    assert bystander.is_alive()
    assert bystander.failures == []
    during = bystander.times[before:]
    # One in a hundred may be slower, so where only a few ran beside this query it takes all of them to tell.
    assert len(during) < 10 or statistics.median(during) < QUICK


def test_others_were_served_quickly_and_memory_stayed_within_its_bound(
    served: Served, bystander: Bystander, usual: float
) -> None:
    bystander.stop()
    assert bystander.failures == []
    assert len(bystander.times) > 1000
    told = f"{len(bystander.times)} times, median {statistics.median(bystander.times)}, {max(bystander.times)} at most"
    assert slowest(bystander.times) < max(QUICK, 3 * usual), told
    assert MEMORY < bystander.most_memory < published_bound(served)


@pytest.mark.parametrize("victims", [1, PROCESSES])
def test_killed_readers_cost_what_they_were_running_and_no_more(served: Served, victims: int) -> None:
    assert until(lambda: len(readers(served)) == PROCESSES)
    statuses: list[int] = []
    long = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }} #{}"
    asking = [threading.Thread(target=lambda i=i: statuses.append(served.ask(long.format(i))[0])) for i in range(2)]
    for thread in asking:
        thread.start()
    assert until(lambda: running(served) == len(asking))
    pids = readers(served)
    for pid in pids[:victims] if victims > 1 else busiest(pids):
        os.kill(pid, signal.SIGKILL)
    killed = time.monotonic()
    assert until(lambda: served.ask(f"ASK {{}} #{time.monotonic()}")[0] == 200, 5)
    assert time.monotonic() - killed < 1.0
    for thread in asking:
        thread.join(timeout=10)
    assert sorted(statuses) == ([503, 504] if victims == 1 else [503, 503])
    assert until(lambda: len(readers(served)) == PROCESSES)


def running(served: Served) -> int:
    """How many queries readers are working on."""
    return [one["state"] for one in json.loads(served.get("/queries")[2])["queries"]].count("running")


def busiest(pids: list[int]) -> list[int]:
    """The one that has used the processor most."""

    def ticks(pid: int) -> int:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    return [max(pids, key=ticks)]
