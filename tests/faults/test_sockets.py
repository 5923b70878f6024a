"""The service calls nobody: watched from outside, system call by system call, whatever it is asked."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import pytest

from tests.cli.test_serve import serving
from tests.web import made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.fault, pytest.mark.slow]

TOKEN: Final = "operator-of-a-test"  # noqa: S105 - of a test
# What leaves the machine or could: connecting, and sending to an address without connecting.
_CALL: Final = re.compile(r"(connect|sendto|sendmsg|sendmmsg)\(.*sa_family=AF_INET6?, .*?htons\((\d+)\)")


class Listener:
    """Somebody on this machine who would notice a call."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.calls = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(Listener()) as made_listener:
        yield made_listener


def _provocations(target: str) -> Iterator[tuple[str, str, bytes | None, dict[str, str]]]:
    """Requests that have made some service or other call an address: method, path, body, headers."""
    queries = (
        f"SELECT * {{ SERVICE <{target}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{target}> {{ ?s ?p ?o }} }}",
        f"PREFIX x: <{target}> SELECT * {{ SerVice x: {{ ?s ?p ?o }} }}",
        f"SELECT * {{ BIND(<{target}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        f"SELECT * {{ \\u0053ERVICE <{target}> {{ ?s ?p ?o }} }}",
        f"ASK {{ FILTER(trueSERVICE<{target}>{{}}) }}",
        f"SELECT * FROM <{target}> {{ ?s ?p ?o }}",  # noqa: S608 - SPARQL
        f"SELECT * FROM NAMED <{target}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",  # noqa: S608 - SPARQL
        f"DESCRIBE <{target}>",
        f"LOAD <{target}>",
    )
    for query in queries:
        yield "GET", "/sparql?" + urlencode({"query": query}), None, {"Accept": "*/*"}
    parameters = urlencode({"query": "ASK { ?s ?p ?o }", "default-graph-uri": target, "named-graph-uri": target})
    yield "GET", f"/sparql?{parameters}", None, {}
    yield "GET", f"/id/{quote(target, safe='')}", None, {}
    yield "GET", f"/why?s={quote(target, safe='')}", None, {}
    yield "GET", "/", None, {"Host": target.removeprefix("http://"), "Referer": target, "Origin": target}
    documents = {
        "application/rdf+xml": f'<!DOCTYPE r SYSTEM "{target}" [<!ENTITY x SYSTEM "{target}">]><r>&x;</r>',
        "application/ld+json": f'{{"@context": "{target}", "@id": "urn:x", "name": "x"}}',
        "text/turtle": f"@base <{target}> . <> a <#x> .",
    }
    for media_type, text in documents.items():
        for path in ("/validate", "/store?default", "/store?graph=urn:g"):
            for method in ("POST", "PUT"):
                yield method, path, text.encode(), {"Content-Type": media_type, "Authorization": f"Bearer {TOKEN}"}
    for text in (f"LOAD <{target}>", f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{target}> {{ ?s ?p ?o }} }}"):
        headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
        yield "POST", "/update", text.encode(), headers


def test_nothing_that_is_asked_makes_it_call(tmp_path: Path, listener: Listener) -> None:
    made.release(tmp_path)
    calls = _watched(tmp_path, listener)
    assert calls == set(), f"the service called port {calls}"
    assert listener.calls == 0


def _watched(directory: Path, listener: Listener, *arguments: str) -> set[int]:
    """The ports that the service's processes called while it was provoked, but for its own."""
    strace = shutil.which("strace")
    if strace is None:
        if os.environ.get("CI"):
            pytest.fail("strace is missing; it is what watches")
        pytest.skip("strace is not installed")
    log = directory / "calls"
    watch = [strace, "-D", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(log)]
    target = f"http://127.0.0.1:{listener.port}/data"
    arguments = ("--bind", "127.0.0.1:0", *arguments)
    with serving(directory, *arguments, before=watch, COOPGRAPH_TOKEN=TOKEN) as served:
        for method, path, body, headers in _provocations(target):
            status, _, answer = served.send(method, path, body, headers)
            assert status < 500, (method, path, body, answer)
        own = int(served.url.rpartition(":")[2])
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    # The watch itself works: what the service and its readers tell each other must have been seen.
    assert any("sendto(" in line for line in lines)
    return {int(match[2]) for match in map(_CALL.search, lines) if match} - {own}


def test_the_watch_sees_a_call(tmp_path: Path, listener: Listener) -> None:
    """A watch that could see nothing would always be content."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    log = tmp_path / "calls"
    call = f"import socket; socket.create_connection(('127.0.0.1', {listener.port}))"
    command = [strace, "-f", "-qq", "-e", "trace=connect", "-o", str(log), sys.executable, "-c", call]
    subprocess.run(command, check=True)
    assert any(match and int(match[2]) == listener.port for match in map(_CALL.search, log.read_text().splitlines()))
