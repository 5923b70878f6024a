"""Bodies on their way in: whole or refused, by size, by number and by time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.web.front.arrival import Arrivals, GoneError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LIMIT = 1000


def sender(*parts: bytes, gone: bool = False) -> Callable[[], Awaitable[dict[str, Any]]]:
    """A client that sends these parts, and then leaves or has said all."""
    messages: list[dict[str, Any]] = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append({"type": "http.disconnect"} if gone else {"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return messages.pop(0)

    return receive


async def never() -> dict[str, Any]:
    await asyncio.sleep(60)
    raise AssertionError


def arrive(*parts: bytes, stated: str = "", gone: bool = False) -> bytes:
    arrivals = Arrivals(at_once=1, seconds=5)
    return asyncio.run(arrivals.receive(sender(*parts, gone=gone), stated=stated, limit=LIMIT))


@pytest.mark.parametrize("parts", [(), (b"ASK {}",), (b"A", b"SK", b" {}"), (b"x" * LIMIT,), (b"x" * 600, b"y" * 400)])
@pytest.mark.parametrize("tells", [True, False])
def test_a_body_within_the_limit_arrives_whole(parts: tuple[bytes, ...], tells: bool) -> None:
    body = b"".join(parts)
    assert arrive(*parts, stated=str(len(body)) if tells else "") == body


@pytest.mark.parametrize("parts", [(b"x" * (LIMIT + 1),), (b"x" * 600, b"y" * 401), (b"x" * 100,) * 1000])
@pytest.mark.parametrize("stated", ["", "1001", "99999999999999999999999999"])
def test_a_longer_one_is_refused_and_never_cut(parts: tuple[bytes, ...], stated: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        arrive(*parts, stated=stated)
    assert (caught.value.code, caught.value.limit) == ("too-large", "request_bytes")


@pytest.mark.parametrize("parts", [(), (b"DELETE ",), (b"x" * 2 * LIMIT,)])
def test_a_body_whose_sender_left_is_no_body(parts: tuple[bytes, ...]) -> None:
    with pytest.raises(GoneError):
        arrive(*parts, gone=True)


def test_it_must_arrive_in_time() -> None:
    with pytest.raises(CoopgraphError) as caught:
        asyncio.run(Arrivals(at_once=1, seconds=0.05).receive(never, stated="", limit=LIMIT))
    assert (caught.value.code, caught.value.limit) == ("slow", "request_seconds")


def test_only_so_many_may_be_on_their_way() -> None:
    async def scenario() -> None:
        arrivals = Arrivals(at_once=2, seconds=5)
        slow = [asyncio.create_task(arrivals.receive(never, stated="", limit=LIMIT)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(CoopgraphError) as caught:
            await arrivals.receive(sender(b"ASK {}"), stated="6", limit=LIMIT)
        assert (caught.value.code, caught.value.limit) == ("busy", "request_bodies")
        slow[0].cancel()
        await asyncio.wait({slow[0]})
        assert await arrivals.receive(sender(b"ASK {}"), stated="6", limit=LIMIT) == b"ASK {}"
        slow[1].cancel()
        await asyncio.wait({slow[1]})

    asyncio.run(scenario())
