"""A request that comes again in the same bytes is answered as before, and never as it was before a change."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from coopgraph import terms
from coopgraph.web.front.repeats import LONGEST, Repeats
from coopgraph.web.front.sending import Reply
from tests.cli.test_serve import serving
from tests.small import Small
from tests.web import made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.test_serve import Served

LABEL = f'SELECT ?label {{ <{terms.ID}actor/atlantis> ?p ?label FILTER(LANG(?label) = "en") }}'


class Asker:
    """One connection, over which bytes go as they are."""

    def __init__(self, served: Served) -> None:
        host, port = served.url.removeprefix("http://").split(":")
        self._socket = socket.create_connection((host, int(port)), timeout=30)

    def ask(self, query: str = LABEL, **headers: str) -> tuple[dict[str, str], bytes, int]:
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        method = "HEAD" if "X_Head" in headers else "GET"
        path = "/sparql?" + urlencode({"query": query})
        self._socket.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode())
        answer = http.client.HTTPResponse(self._socket, method=method)
        answer.begin()
        return {name.lower(): value for name, value in answer.getheaders()}, answer.read(), answer.status

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    directory = tmp_path_factory.mktemp("repeated")
    made.release(directory)
    with serving(directory, "--bind", "127.0.0.1:0", COOPGRAPH_READERS="1") as running:
        yield running


@pytest.mark.parametrize(
    "headers",
    [{}, {"Accept": "text/csv"}, {"Accept_Encoding": "gzip"}, {"X_Head": "1"}, {"X_Request_Id": "ab-cd-ef-01"}],
)
def test_the_same_again_is_the_same_but_for_its_id(served: Served, headers: dict[str, str]) -> None:
    with contextlib.closing(Asker(served)) as asker:
        told = [asker.ask(**headers) for _ in range(5)]
    ids = [first.pop("x-request-id") for first, _, _ in told]
    dates = [first.pop("date") for first, _, _ in told]
    assert all(dates)
    assert all(one == told[0] for one in told)
    assert len(set(ids)) == (1 if "X_Request_Id" in headers else 5)


def test_others_get_what_they_ask_for(served: Served) -> None:
    with contextlib.closing(Asker(served)) as asker:
        for _ in range(3):
            table = asker.ask()
            assert table[0]["content-type"] == "application/sparql-results+json"
            assert asker.ask(Accept="text/csv")[0]["content-type"].startswith("text/csv")
            assert asker.ask(If_None_Match=table[0]["etag"])[2] == 304
            assert asker.ask("ASK {}")[1] != table[1]


def test_each_is_counted_and_written_down(served: Served) -> None:
    def counted() -> float:
        lines = served.get("/metrics")[2].decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if 'place="sparql",status="200"' in line)

    before = counted()
    with contextlib.closing(Asker(served)) as asker:
        for _ in range(10):
            asker.ask("ASK { }")
    assert counted() == before + 10


def test_a_new_release_is_answered_from(tmp_path: Path) -> None:
    made.release(tmp_path)
    with (
        serving(tmp_path, "--bind", "127.0.0.1:0", COOPGRAPH_READERS="1") as served,
        contextlib.closing(Asker(served)) as asker,
    ):
        for _ in range(4):
            assert b'"Atlantis"' in asker.ask()[1]
        small = Small()
        small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', '"Sunken Atlantis"@en')
        made.release(tmp_path, small)
        for _ in range(4):
            headers, body, _ = asker.ask()
            assert b'"Sunken Atlantis"' in body
            assert headers["x-coopgraph-release"] == "2"
            assert json.loads(body)["results"]["bindings"]


class Asked:
    """What of a request matters here."""

    def __init__(self, **headers: str) -> None:
        self.method, self.path = "GET", "/sparql"
        self.headers = {name.replace("_", "-").encode(): value.encode() for name, value in headers.items()}

    def header(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode()


def test_what_is_kept_has_its_bounds() -> None:
    reply = Reply(200, [(b"etag", b"x")], b"body", 4, release=1, tag="t")
    asked: Any = Asked()
    repeats = Repeats(10_000)
    for number in range(100):
        repeats.keep(b"%d" % number, asked, reply, "stamp")
    known = [number for number in range(100) if repeats.get(b"%d" % number) is not None]
    assert known == list(range(100 - len(known), 100))
    assert 5 <= len(known) <= 10
    repeats.keep(b"x" * (LONGEST + 1), asked, reply, "stamp")
    assert repeats.get(b"x" * (LONGEST + 1)) is None
    with_id: Any = Asked(x_request_id="1")
    repeats.keep(b"other", with_id, reply, "stamp")
    assert repeats.get(b"other") is None
    Repeats(0).keep(b"any", asked, reply, "stamp")
