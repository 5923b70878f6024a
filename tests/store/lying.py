"""A service that answers what a test tells it to, byte by byte."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coopgraph.store.remote.service import RemoteService

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOME = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://example.org/a"}}]}}'
JSON = "application/sparql-results+json"
TRIPLES = "application/n-triples"


@dataclass
class Liar:
    """Where it listens, what it was sent, and how many connections were opened to it."""

    port: int
    answer: Callable[[bytes], bytes | None] = lambda _: b""
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    gone: threading.Event = field(default_factory=threading.Event)

    @property
    def service(self) -> RemoteService:
        url = f"http://127.0.0.1:{self.port}/sparql"
        return RemoteService(query=url, update=url, graphs=url)


def response(body: bytes, media_type: str = JSON, *, status: str = "200 OK", **headers: str) -> bytes:
    """A response with its length; other headers are given by name, `_` standing for a hyphen."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}"]
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    if not {"Transfer-Encoding", "Connection"} & set(told):
        told.setdefault("Content-Length", str(len(body)))
    lines += [f"{name}: {value}" for name, value in told.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def chunked(*parts: bytes, end: bool = True) -> bytes:
    """The parts as chunks, and the chunk that ends them."""
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + (b"0\r\n\r\n" if end else b"")


@contextlib.contextmanager
def lying() -> Iterator[Liar]:
    """A service of which the test sets the `answer`; it closes the connection if that ends short of what it says."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        liar = Liar(listener.getsockname()[1])
        threading.Thread(target=_accept, args=(listener, liar), daemon=True).start()
        yield liar


def _accept(listener: socket.socket, liar: Liar) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        liar.connections += 1
        threading.Thread(target=_serve, args=(connection, liar), daemon=True).start()


def _serve(connection: socket.socket, liar: Liar) -> None:
    with connection, contextlib.suppress(OSError):
        while request := _request(connection):
            liar.requests.append(request)
            answer = liar.answer(request)
            if answer is None:
                # Say nothing until the other end goes away.
                while connection.recv(1000):
                    time.sleep(0.01)
                liar.gone.set()
                return
            connection.sendall(answer)
            if _is_short(answer):
                return


def _request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return b""
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def _is_short(answer: bytes) -> bool:
    head, _, body = answer.partition(b"\r\n\r\n")
    length = _length(head)
    return not body.endswith(b"0\r\n\r\n") if length is None else len(body) < length


def _length(head: bytes) -> int | None:
    lines = head.lower().split(b"\r\n")
    return next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length")), None)
