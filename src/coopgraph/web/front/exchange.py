"""One request on its way through the front: what of it matters there, under one id."""

from __future__ import annotations

import ipaddress
import random
import re
import time
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import CoopgraphError
from coopgraph.web.front.presence import PRESENCE, Presence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ipaddress import IPv4Network, IPv6Network

_SANE_ID: Final = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_SANE_HOST: Final = re.compile(r"(?:[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_NOBODY: Final = ("", 0)


_random: Final = random.Random()  # noqa: S311 - an id tells requests apart, and opens nothing


def fresh_id() -> str:
    """An id that no other request has."""
    return f"{_random.getrandbits(64):016x}"


class Exchange:
    """A request: `headers` by lower-case name, repeated ones joined; `client` is who asks, for fairness and the log."""

    __slots__ = (
        "client", "headers", "id", "method", "path", "presence", "query_string", "receive", "scope", "send", "started",
    )  # fmt: skip

    def __init__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.scope = scope
        self.receive = receive
        self.send = send
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query_string: bytes = scope["query_string"]
        self.presence: Presence = scope.get(PRESENCE) or Presence()
        pairs = scope["headers"]
        self.headers: dict[bytes, bytes] = dict(pairs)
        if len(self.headers) != len(pairs):
            self.headers = _joined(pairs)
        given = self.headers.get(b"x-request-id")
        self.id: str = given.decode() if given is not None and _SANE_ID.fullmatch(given) is not None else fresh_id()
        self.client: str = (scope.get("client") or _NOBODY)[0]
        self.started = time.perf_counter()

    def claim(self, taken: set[str]) -> None:
        """Take the id, or another one if it is taken: an id stands for one request at a time."""
        while self.id in taken:
            self.id = fresh_id()
        taken.add(self.id)

    def header(self, name: bytes) -> str:
        """The value of a header; empty if there is none."""
        value = self.headers.get(name)
        return "" if value is None else value.decode("latin-1")

    def demand_host(self) -> None:
        """Let a request pass that names a host, or none.

        Raises:
            CoopgraphError: "request" if the Host header names no host.
        """
        host = self.header(b"host")
        if host and _SANE_HOST.fullmatch(host) is None:
            raise CoopgraphError("request", "The Host header names no host.")

    @property
    def address(self) -> str:
        """The beginning of the address that the client used, as http://host:port.

        Raises:
            CoopgraphError: "request" if the Host header names no host.
        """
        self.demand_host()
        host = self.header(b"host")
        if not host:
            name, port = self.scope.get("server") or ("localhost", None)
            host = f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
        return f"{self.scope.get('scheme', 'http')}://{host}"


class Proxies:
    """The proxies whose word is taken on who asks."""

    def __init__(self, networks: Sequence[IPv4Network | IPv6Network]) -> None:
        self._networks = tuple(networks)

    def client(self, peer: str, forwarded: str) -> str:
        """Who asks, when `peer` connected and sent this X-Forwarded-For: the last address that no trusted proxy has."""
        if not self._networks or not self.trusts(peer):
            return peer
        for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
            if not _is_address(hop):
                break
            peer = hop
            if not self.trusts(hop):
                break
        return peer

    def trusts(self, text: str) -> bool:
        """Whether this is the address of such a proxy."""
        if not _is_address(text):
            return False
        address = ipaddress.ip_address(text)
        return any(address in network for network in self._networks)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _joined(pairs: Sequence[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    headers: dict[bytes, bytes] = {}
    for name, value in pairs:
        headers[name] = value if name not in headers else headers[name] + b", " + value
    return headers
