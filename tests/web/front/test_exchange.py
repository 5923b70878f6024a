"""A request as the front sees it: who asks, under which id, at which address."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.errors import CoopgraphError
from coopgraph.settings import Settings
from coopgraph.web.front.exchange import Exchange, Proxies

BEHIND = Proxies([ip_network("10.0.0.0/8"), ip_network("::1")])


def exchange(*headers: tuple[bytes, bytes], **scope: Any) -> Exchange:
    given = {"method": "GET", "path": "/", "query_string": b"", "headers": list(headers), "scheme": "http"}
    return Exchange(given | scope, None, None)


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.1.1.1", "203.0.113.7", "203.0.113.7"),
        ("10.1.1.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("10.1.1.1", "203.0.113.7, 10.2.2.2", "203.0.113.7"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("10.1.1.1", "", "10.1.1.1"),
        ("10.1.1.1", "10.3.3.3, 10.2.2.2", "10.3.3.3"),
        ("10.1.1.1", "203.0.113.7, <script>", "10.1.1.1"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_client_is_the_last_address_that_is_no_trusted_proxy(peer: str, forwarded: str, client: str) -> None:
    assert BEHIND.client(peer, forwarded) == client


@given(st.text(max_size=40), st.text(max_size=80))
def test_nobody_is_believed_without_being_trusted(peer: str, forwarded: str) -> None:
    assert Proxies([]).client(peer, forwarded) == peer
    assert BEHIND.client("203.0.113.9", forwarded) == "203.0.113.9"


def test_proxies_are_set_by_addresses_and_networks() -> None:
    assert Settings(trusted_proxies="10.0.0.0/8, ::1").proxies == (ip_network("10.0.0.0/8"), ip_network("::1/128"))
    with pytest.raises(CoopgraphError) as caught:
        Settings(trusted_proxies="everybody")
    assert caught.value.code == "settings"


def test_an_id_stands_for_one_request_at_a_time() -> None:
    taken: set[str] = set()
    first, second = (exchange((b"x-request-id", b"the-same-id")) for _ in range(2))
    first.claim(taken)
    second.claim(taken)
    assert first.id == "the-same-id" != second.id
    assert taken == {first.id, second.id}


def test_repeated_headers_are_one() -> None:
    found = exchange((b"accept", b"text/csv"), (b"host", b"x"), (b"accept", b"text/html;q=0.1"))
    assert found.header(b"accept") == "text/csv, text/html;q=0.1"
    assert found.header(b"nothing") == ""


@pytest.mark.parametrize(
    ("host", "address"),
    [
        (b"example.org", "http://example.org"),
        (b"example.org:8000", "http://example.org:8000"),
        (b"[2001:db8::1]:80", "http://[2001:db8::1]:80"),
        (b"", "http://127.0.0.1:80"),
    ],
)
def test_the_address_is_the_one_that_was_used(host: bytes, address: str) -> None:
    assert exchange((b"host", host), server=("127.0.0.1", "80")).address == address
