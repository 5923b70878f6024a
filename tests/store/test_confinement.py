"""A reader cannot call out, even if a query that asks for it got past everything else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from coopgraph.errors import CoopgraphError
from coopgraph.store.workers import Question
from tests.conftest import missing
from tests.store.made import JSON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.store.made import Pool

SOCKETS = """
import socket
from coopgraph.store.confinement import confine
lacking = confine(10**9)
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            socket.socket(family, kind).close()
            print("opened", family.name, kind.name)
        except PermissionError:
            pass
print(lacking or "confined")
"""


@pytest.fixture
def calls() -> Iterator[tuple[int, list[bytes]]]:
    """The port of a server, and what it was asked."""
    hits: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    hits.append(connection.recv(1000))
                    connection.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], hits
        server.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


def confined() -> None:
    if sys.platform != "linux" or os.uname().machine not in {"x86_64", "aarch64"}:
        missing("A platform that can forbid sockets to a process")


def test_no_socket_can_be_made() -> None:
    confined()
    done = subprocess.run([sys.executable, "-c", SOCKETS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["confined"]


def test_a_service_clause_reaches_nobody(pool: Callable[..., Pool], calls: tuple[int, list[bytes]]) -> None:
    confined()
    port, hits = calls
    texts = [
        f"SELECT * {{ SERVICE {silent} <http://{host}:{port}/sparql> {{ ?s ?p ?o }} }}"
        for silent in ("", "SILENT")
        for host in ("127.0.0.1", "localhost")
    ]
    # The engine itself does call: without this, the rest would prove nothing.
    with pytest.raises(OSError, match="500"):
        list(Store().query(texts[0]))  # type: ignore[arg-type]
    assert len(hits) == 1
    readers = pool()
    for text in texts:
        try:
            readers.ask(Question(text, JSON))
        except CoopgraphError as error:
            assert error.code == "internal"  # noqa: PT017 - silent ones are answered
    assert len(hits) == 1
