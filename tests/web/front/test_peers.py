"""One address does not take all connections: neither by its count nor on real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.web.front.peers import Peers
from tests.cli.test_serve import serving
from tests.cli.test_serve_endings import wait_until
from tests.web import made
from tests.web.front.test_connection import GET, LAST, bodies, echo, site

if TYPE_CHECKING:
    from pathlib import Path

ONE, OTHER = "127.0.0.1", "127.0.0.2"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5)), max_size=40), st.integers(1, 3))
def test_an_address_is_full_when_as_many_of_its_connections_are_open(doings: list[tuple[str, int]], most: int) -> None:
    """A connection that is there leaves; any other one comes, if its address has room."""
    peers, here = Peers(most), set[tuple[str, int]]()
    for connection in doings:
        address = connection[0]
        assert peers.full(address) == (sum(one[0] == address for one in here) >= most)
        if connection in here:
            here.remove(connection)
            peers.left(connection)
            peers.left(connection)
        elif not peers.full(address):
            here.add(connection)
            peers.came(connection, address)


def test_a_network_of_ipv6_is_one_client_and_zones_make_no_difference() -> None:
    peers = Peers(2)
    peers.came(1, "2001:db8::1")
    peers.came(2, "2001:db8:0:0:ffff::2%eth0")
    assert peers.full("2001:db8::3")
    assert not peers.full("2001:db8:0:1::1")


def test_who_is_exempt_is_not_bound_and_none_is_without_a_limit() -> None:
    for peers in (Peers(1, {"a"}.__contains__), Peers(0)):
        for number in range(3):
            assert not peers.full("a")
            peers.came(number, "a")


def test_who_has_enough_is_refused_and_the_others_come_in() -> None:
    counted: list[int] = []

    async def run() -> None:
        async with site(echo, peers=Peers(2), refused=counted.append) as one:
            first, leaving = await one.connect()
            await one.connect()
            for said in (b"", GET % b"a"):
                told = await one.send(said)
                assert told.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
                assert b"\r\nconnection: close\r\n" in told
                assert bodies(told) == [b""]
            reader, writer = await asyncio.open_connection(ONE, one.port, local_addr=(OTHER, 0))
            writer.write(LAST % b"other")
            assert bodies(await asyncio.wait_for(reader.read(), 10)) == [b"GET /other  "]
            writer.close()
            # A place is free as soon as one of them leaves.
            leaving.write(LAST % b"leaving")
            assert bodies(await first.read()) == [b"GET /leaving  "]
            leaving.close()
            async with asyncio.timeout(10):
                while not (told := await one.send(LAST % b"next")).startswith(b"HTTP/1.1 200 "):
                    assert told.startswith(b"HTTP/1.1 503 ")
                    await asyncio.sleep(0.01)

    asyncio.run(run())
    assert counted[:2] == [503, 503]


def test_those_who_are_turned_away_take_no_place_of_others() -> None:
    """Not even while they are told: all who come after them are let in."""

    async def run() -> None:
        async with site(echo, connections=2, peers=Peers(1)) as one:
            await one.connect()
            for _ in range(50):
                await one.connect()
            reader, writer = await asyncio.open_connection(ONE, one.port, local_addr=(OTHER, 0))
            writer.write(LAST % b"other")
            assert bodies(await asyncio.wait_for(reader.read(), 10)) == [b"GET /other  "]
            writer.close()

    asyncio.run(run())


@pytest.mark.parametrize(("proxies", "status"), [("", 503), ("127.0.0.1", 200)])
def test_the_service_bounds_each_client_but_those_behind_proxies(tmp_path: Path, proxies: str, status: int) -> None:
    made.release(tmp_path)
    settings = {
        "COOPGRAPH_READERS": "1",
        "COOPGRAPH_CLIENT_CONNECTIONS": "2",
        "COOPGRAPH_TRUSTED_PROXIES": proxies,
    }
    with serving(tmp_path, "--bind", "127.0.0.1:0", **settings) as served, contextlib.ExitStack() as open_ones:
        host, _, port = served.url.removeprefix("http://").rpartition(":")
        kept = []
        for _ in range(2):
            connection = http.client.HTTPConnection(host, int(port), timeout=30)
            kept.append(open_ones.enter_context(contextlib.closing(connection)))
            connection.request("GET", "/healthz")
            assert connection.getresponse().read()
        with socket.create_connection((host, int(port)), timeout=30) as third:
            third.sendall(LAST % b"healthz")
            answer = http.client.HTTPResponse(third)
            answer.begin()
            assert answer.status == status
            answer.read()

        def refusals() -> int:
            kept[0].request("GET", "/metrics")
            lines = kept[0].getresponse().read().decode().splitlines()
            return sum(float(line.split()[-1]) for line in lines if 'place="unread",status="503"' in line)

        wait_until(lambda: refusals() == (status == 503))
