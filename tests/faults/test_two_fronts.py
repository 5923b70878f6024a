"""Two processes over one directory of releases are one site: either of them can be lost, and nobody notices."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tests.cli.test_serve import ABOUT, HOSTS, serving
from tests.servers.proxy import proxy
from tests.servers.running import free_port
from tests.small import Small
from tests.web import made

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.test_serve import Served

pytestmark = [pytest.mark.slow, pytest.mark.fault]

GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
PATHS = (
    f"/{made.FORUM}.ttl",
    "/sparql?" + urlencode({"query": HOSTS}),
    "/sparql?" + urlencode({"query": ABOUT, "format": "turtle"}),
    "/id/actor/atlantis.json",
)


class Client:
    """Asks for the same things again and again, and remembers what did not come whole."""

    def __init__(self, port: int, expected: dict[str, bytes]) -> None:
        self.asked = 0
        self.failures: list[str] = []
        self._port = port
        self._expected = expected
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def end(self) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        while not self._done.is_set():
            for path, expected in self._expected.items():
                self.asked += 1
                try:
                    connection.request("GET", path)
                    answer = connection.getresponse()
                    body = answer.read()
                except (OSError, http.client.HTTPException) as error:
                    self.failures.append(f"{path}: {error!r}")
                    connection.close()
                    continue
                if (answer.status, body) != (200, expected):
                    self.failures.append(f"{path}: {answer.status} {body[:200]!r}")
        connection.close()


def test_one_of_two_is_killed_under_load_and_nobody_notices(tmp_path: Path) -> None:
    made.release(tmp_path)
    (tmp_path / "nginx").mkdir()
    port = free_port()
    # Both call themselves by the address of the site, as its operator has them do.
    settings = {"COOPGRAPH_BASE_URL": f"http://127.0.0.1:{port}", "COOPGRAPH_READERS": "1"}
    # Nobody reads here what they would log of each request.
    settings["COOPGRAPH_LOG_LEVEL"] = "WARNING"
    bind = ("--bind", "127.0.0.1:0")
    with serving(tmp_path, *bind, **settings) as first, serving(tmp_path, *bind, **settings) as second:
        expected = {path: first.get(path)[2] for path in PATHS}
        for path in PATHS:
            one, other = first.get(path), second.get(path)
            assert (one[0], one[2], one[1]["etag"]) == (200, other[2], other[1]["etag"])
            assert second.get(path, **{"If-None-Match": one[1]["etag"]})[0] == 304
        upstreams = [served.url.removeprefix("http://") for served in (first, second)]
        with proxy(tmp_path / "nginx", upstreams, port):
            clients = [Client(port, expected) for _ in range(4)]
            time.sleep(1)
            before = sum(client.asked for client in clients)
            first.process.kill()
            first.process.wait(timeout=30)
            time.sleep(3)
            for client in clients:
                client.end()
            assert [failure for client in clients for failure in client.failures] == []
            assert before > 0
            assert sum(client.asked for client in clients) > before


def test_a_refusal_is_not_taken_for_a_lost_process(tmp_path: Path) -> None:
    made.release(tmp_path)
    (tmp_path / "nginx").mkdir()
    port = free_port()
    settings = {"COOPGRAPH_BASE_URL": f"http://127.0.0.1:{port}", "COOPGRAPH_QUERY_MEMORY": "200000000"}
    settings["COOPGRAPH_LOG_LEVEL"] = "WARNING"
    bind = ("--bind", "127.0.0.1:0")
    with serving(tmp_path, *bind, **settings) as first, serving(tmp_path, *bind, **settings) as second:
        upstreams = [served.url.removeprefix("http://") for served in (first, second)]
        expected = {path: first.get(path)[2] for path in PATHS}
        with proxy(tmp_path / "nginx", upstreams, port):
            client = Client(port, expected)
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            # However this ends, so must the client.
            with contextlib.closing(connection), contextlib.ExitStack() as stack:
                stack.callback(client.end)
                for _ in range(2):
                    connection.request("GET", "/sparql?" + urlencode({"query": GREEDY}))
                    answer = connection.getresponse()
                    assert (answer.status, json.loads(answer.read())["limit"]) == (503, "query_memory")
                    time.sleep(1)
                long = HOSTS + " #" + "x" * 25_000
                connection.request("GET", "/sparql?" + urlencode({"query": long}))
                assert connection.getresponse().status == 200
            assert client.failures == []


def test_both_see_a_new_release(tmp_path: Path) -> None:
    made.release(tmp_path)
    bind = ("--bind", "127.0.0.1:0")
    with serving(tmp_path, *bind, COOPGRAPH_READERS="1") as one, serving(tmp_path, *bind, COOPGRAPH_READERS="1") as two:
        assert [release(served) for served in (one, two)] == [1, 1]
        changed = Small()
        changed.entities["actors"] = changed.entities["actors"].replace('"Atlantis"@en', '"Sunken Atlantis"@en')
        made.release(tmp_path, changed)
        assert [release(served) for served in (one, two)] == [2, 2]
        assert all(b"Sunken Atlantis" in served.get("/id/actor/atlantis.ttl")[2] for served in (one, two))


def release(served: Served) -> int:
    return int(json.loads(served.get("/readyz")[2])["release"])
