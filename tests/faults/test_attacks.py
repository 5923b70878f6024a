"""What is tried on servers: none of it reads a file, writes a header, runs a script or stops the service."""

from __future__ import annotations

import contextlib
import gzip
import re
import socket
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import pytest

from tests.cli.test_serve import serving
from tests.web import made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.test_serve import Served

pytestmark = [pytest.mark.fault, pytest.mark.slow]

TOKEN: Final = "operator-of-an-attack"  # noqa: S105 - of a test
MARK: Final = "Injected-By-Test"
SCRIPT: Final = "<script>alert(1)</script>"
LAST: Final = "Host: x\r\nConnection: close\r\n"
LAUGHS: Final = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(12))
OPERATOR: Final = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    directory = tmp_path_factory.mktemp("attacked")
    made.release(directory)
    # A file that nobody may ever see, beside what is served.
    (directory / "data" / "secret").write_text("root:never-to-be-seen", encoding="utf-8")
    with serving(directory, "--bind", "127.0.0.1:0", "--writable", COOPGRAPH_TOKEN=TOKEN) as running:
        yield running


@pytest.fixture(autouse=True)
def still_serving(served: Served) -> Iterator[None]:
    yield
    assert served.ask("ASK {}")[0] == 200


def _raw(served: Served, head: bytes) -> bytes:
    """What comes back for bytes that no client would send."""
    host, _, port = served.url.removeprefix("http://").rpartition(":")
    received = b""
    # Who is refused is hung up on; who is still waited for says no more, and is content with what came so far.
    with socket.create_connection((host, int(port)), timeout=2) as connection, contextlib.suppress(OSError):
        connection.sendall(head)
        while part := connection.recv(65536):
            received += part
    return received


@pytest.mark.parametrize("prefix", ["/static/", "/id/", "/releases/1/", "/releases/", "/questions/", "/vocab/", "/"])
@pytest.mark.parametrize("step", ["../", "%2e%2e/", "..%2f", "%2e%2e%2f", "..%5c", "....//", "%252e%252e%252f"])
def test_no_path_leads_out(served: Served, prefix: str, step: str) -> None:
    for depth in (1, 3, 8):
        for name in ("etc/passwd", "data/secret", "secret", "current/manifest.json%00.html"):
            answer = _raw(served, f"GET {prefix}{step * depth}{name} HTTP/1.1\r\n{LAST}\r\n".encode())
            assert answer.startswith(b"HTTP/1.1 4"), answer[:200]
            assert b"root:" not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/why?" + urlencode({"s": f"actor/x\r\n{MARK}: 1"}),
        "/sparql?" + urlencode({"query": "ASK {}", "format": f"json\r\n{MARK}: 1"}),
        "/sparql?" + urlencode({"query": "ASK {}", "release": f"1\r\n{MARK}: 1"}),
        f"/id/actor/x%0d%0a{MARK}:%201",
        f"/id/actor/x%0a{MARK}:%201.html",
        f"//evil.example/%0d%0a{MARK}:%201",
        f"/questions/x%0d%0a{MARK}:%201?after=%0d%0a{MARK}",
        "/store?" + urlencode({"graph": f"urn:x\r\n{MARK}: 1"}),
    ],
)
def test_no_parameter_becomes_a_header(served: Served, path: str) -> None:
    for accept in ("*/*", "text/html", f"text/html,{quote(MARK)}"):
        status, headers, _ = served.get(path, Accept=accept)
        assert status < 500
        assert MARK.lower() not in {name.lower() for name in headers}
    written = {**OPERATOR, "Content-Type": "text/turtle"}
    status, headers, _ = served.send("PUT", path, b"<urn:a> <urn:b> <urn:c> .", written)
    assert status < 500
    assert MARK.lower() not in {name.lower() for name in headers}


@pytest.mark.parametrize("identifier", ["a b", "x" * 5000, "<script>", "é", 'q"q', "a,b;c", "${jndi:ldap://x}"])
def test_no_request_id_is_taken_on_trust(served: Served, identifier: str) -> None:
    _, headers, _ = served.send("GET", "/healthz", None, {"X-Request-Id": identifier.encode("utf-8").decode("latin-1")})
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,128}", headers["x-request-id"])
    assert headers["x-request-id"] != identifier


@pytest.mark.parametrize("host", ["evil.example", "x\tX", "evil.example/path", "a@b", "[::1", "x:99999", "<script>"])
def test_hosts_that_are_none(served: Served, host: str) -> None:
    head = f"GET /sparql HTTP/1.1\r\nHost: {host}\r\nAccept: text/turtle\r\nConnection: close\r\n\r\n"
    answer = _raw(served, head.encode())
    assert re.match(rb"HTTP/1\.1 (200|4..)", answer), answer[:100]
    assert b"<script>" not in answer


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r SYSTEM "file:///etc/passwd">',
        f"<!DOCTYPE r [{LAUGHS}]>",
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
    ids=["external", "doctype", "laughs", "parameter"],
)
@pytest.mark.parametrize("path", ["/validate", "/store?graph=urn:attack"])
def test_entities_are_not_followed(served: Served, path: str, document: str) -> None:
    name = "&e11;" if "e11" in document else "&x;"
    text = (
        f'{document}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
        f'<rdf:Description rdf:about="urn:s"><e:p>{name}</e:p></rdf:Description></rdf:RDF>'
    )
    headers = {**OPERATOR, "Content-Type": "application/rdf+xml"}
    status, _, body = served.send("POST", path, text.encode(), headers)
    assert 400 <= status < 500 or (status < 300 and len(body) < 100_000)
    assert b"root:" not in body
    _, _, kept = served.get("/store?graph=urn:attack", Accept="text/turtle")
    assert b"root:" not in kept
    assert len(kept) < 100_000


@pytest.mark.parametrize("context", ["file:///etc/passwd", "http://127.0.0.1:9/context", "//x/y"])
@pytest.mark.parametrize("path", ["/validate", "/store?graph=urn:context"])
def test_contexts_are_not_fetched(served: Served, path: str, context: str) -> None:
    text = f'{{"@context": "{context}", "@id": "urn:s", "name": "x"}}'
    status, _, body = served.send("POST", path, text.encode(), {**OPERATOR, "Content-Type": "application/ld+json"})
    assert 400 <= status < 500, body


@pytest.mark.parametrize("path", ["/validate", "/store?graph=urn:zip", "/update", "/sparql"])
def test_packed_bodies_are_not_unpacked(served: Served, path: str) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    headers = {**OPERATOR, "Content-Type": "text/turtle", "Content-Encoding": "gzip"}
    if path == "/update":
        headers["Content-Type"] = "application/sparql-update"
    if path == "/sparql":
        headers["Content-Type"] = "application/sparql-query"
    status, _, _ = served.send("POST", path, bomb, headers)
    assert status in {413, 415}


@pytest.mark.parametrize(
    "path",
    [
        "/why?" + urlencode({"s": f"actor/{SCRIPT}"}),
        "/why?" + urlencode({"s": "actor/atlantis", "o": SCRIPT}),
        "/sparql?" + urlencode({"query": SCRIPT}),
        "/sparql?" + urlencode({"query": f'SELECT ("{SCRIPT}" AS ?x) {{}}'}),
        "/sparql?" + urlencode({"query": f'SELECT (<javascript:alert(1)> AS ?x) ("{SCRIPT}"@en AS ?y) {{}}'}),
        f"/id/actor/{quote(SCRIPT)}",
        f"/{quote(SCRIPT)}",
        "/questions?" + urlencode({"topic": SCRIPT}),
        "/releases?" + urlencode({"release": SCRIPT}),
    ],
)
def test_nothing_that_is_said_becomes_markup(served: Served, path: str) -> None:
    _, headers, body = served.get(path, Accept="text/html")
    assert headers["content-type"].startswith("text/html")
    assert SCRIPT.encode() not in body
    assert b'href="javascript:' not in body
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "head",
    [
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(5000)) + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 1000,
        b"GET\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 100,
    ],
)
def test_what_is_hardly_http(served: Served, head: bytes) -> None:
    answer = _raw(served, head)
    assert not answer.startswith((b"HTTP/1.1 2", b"HTTP/1.1 5")), answer[:200]


def test_the_token_is_nowhere(served: Served) -> None:
    paths = ("/", "/sparql", "/queries", "/metrics", "/openapi.json", "/readyz", "/catalog", "/why?s=actor/atlantis")
    for path in paths:
        for accept in ("text/html", "*/*", "text/turtle"):
            _, headers, body = served.send("GET", path, None, {**OPERATOR, "Accept": accept})
            assert TOKEN.encode() not in body
            assert TOKEN not in str(headers)


def test_a_second_length_hides_no_second_request(served: Served) -> None:
    """The chunks count, as the standard has it, and what follows them is no request of its own."""
    smuggled = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
    head = b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert _raw(served, head + smuggled).count(b"coopgraph_requests") == 0
