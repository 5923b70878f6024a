"""What a request is, judging by its head: the scope for the application, or the status of a refusal.

What two programs may read differently is refused, since one of them may be a proxy that lets pass only some requests.
"""

from __future__ import annotations

import re
from http import HTTPMethod
from typing import Any, Final
from urllib.parse import quote_from_bytes, unquote

import httptools

Headers = list[tuple[bytes, bytes]]

_VERSIONS: Final = frozenset({"1.0", "1.1"})
_SCHEMES: Final = frozenset({b"http", b"https"})
_METHODS: Final = frozenset(HTTPMethod)
_REQUEST_LINE: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+) [^ \r\n]+ HTTP/1\.[01]\r\n")
_UNSAFE: Final = re.compile(rb"[^\x00-\x7f]+")


class HeadError(Exception):
    """This is no request that can be answered; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status: Final = status


def scope(method: str, url: bytes, version: str, headers: Headers) -> dict[str, Any]:
    """What ASGI calls a scope, all but who asks whom.

    Raises:
        HeadError: if the version or the coding of the body is not known here, or if it is not clear which host is
            meant or where the body ends.
        httptools.HttpParserError: if the address is none.
    """
    if version not in _VERSIONS:
        raise HeadError(505)
    hosts = 0
    for name, value in headers:
        if name == b"host":
            hosts += 1
        elif name == b"transfer-encoding":
            _judge_coding(version, value)
    if hosts != 1 and (hosts or version != "1.0"):
        raise HeadError(400)
    if not url.startswith((b"/", b"*")):
        url, headers = _from_absolute(url, headers)
    raw_path, _, query = url.partition(b"?")
    path = raw_path.decode("ascii")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": version,
        "method": method,
        "scheme": "http",
        "path": unquote(path) if "%" in path else path,
        "raw_path": raw_path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
    }


def awaits(version: str, headers: Headers) -> bool:
    """Whether the client sends its body only when it is told to go on, which HTTP/1.0 does not know."""
    return version != "1.0" and any(name == b"expect" and value.lower() == b"100-continue" for name, value in headers)


def without_upgrade(method: bytes, url: bytes, version: str, headers: Headers) -> bytes:
    """The head of the same request without the wish to go on in another protocol, which a server may ignore."""
    lines = [b"%b: %b\r\n" % (name, value) for name, value in headers if name != b"upgrade"]
    return b"".join([b"%b %b HTTP/%b\r\n" % (method, url, version.encode()), *lines, b"\r\n"])


def status_of(error: httptools.HttpParserError, data: bytes) -> int:
    """The status for what could not be parsed: 501 for a method that nobody knows in a line that is otherwise right."""
    line = _REQUEST_LINE.match(data)
    if isinstance(error, httptools.HttpParserInvalidMethodError) and line and line[1].decode() not in _METHODS:
        return 501
    return int(getattr(error.__context__, "status", 400))


def quoted(data: bytes) -> bytes:
    """The data with the first line as the standard wants it: not every client quotes letters beyond ASCII."""
    line, end, rest = data.partition(b"\r\n")
    return _UNSAFE.sub(lambda found: quote_from_bytes(found[0]).encode(), line) + end + rest


def _judge_coding(version: str, value: bytes) -> None:
    if version == "1.0":
        # A proxy of that time passes the header on and reads the body by its length.
        raise HeadError(400)
    if value.strip().lower() != b"chunked":
        raise HeadError(501)


def _from_absolute(url: bytes, headers: Headers) -> tuple[bytes, Headers]:
    """Path and query of a whole address, and the headers with its host, which counts more than the one they name."""
    parsed = httptools.parse_url(url)
    if parsed.schema is None or parsed.schema.lower() not in _SCHEMES or not parsed.host:
        raise HeadError(400)
    host = b"[%b]" % parsed.host if b":" in parsed.host else parsed.host
    if parsed.port is not None:
        host += b":%d" % parsed.port
    others = [(name, value) for name, value in headers if name != b"host"]
    return (parsed.path or b"/") + (b"?" + parsed.query if parsed.query else b""), [(b"host", host), *others]
