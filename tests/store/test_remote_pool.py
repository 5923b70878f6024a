"""Queries to a remote store keep the order and the limits that queries to reader processes keep."""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.release.remote_view import PlainView
from coopgraph.store.limits import Limits
from coopgraph.store.question import Question
from coopgraph.store.remote.pool import RemotePool
from coopgraph.store.remote.reader import RemoteStore
from coopgraph.store.tickets import State, Ticket
from tests.store.lying import JSON, SOME, lying, response

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
    from typing import Any

    from tests.store.lying import Liar

VIEW = PlainView()
ASKED = Question("SELECT ?s { ?s ?p ?o }", JSON)


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying() as made:
        made.answer = lambda _: response(SOME)
        yield made


def with_pool(
    liar: Liar, work: Callable[[RemotePool], Coroutine[Any, Any, None]], *, readers: int = 2, seconds: float = 60
) -> None:
    """Do the work with a pool on an event loop of its own."""

    @contextlib.asynccontextmanager
    async def pool() -> AsyncIterator[RemotePool]:
        limits = Limits(readers=readers, seconds=seconds, memory=10**9, rows=100, size=10_000, waiting=4)
        made = RemotePool(RemoteStore(liar.service, connections=readers), limits, lambda: None)
        try:
            yield made
        finally:
            await made.close()

    async def run() -> None:
        async with pool() as made:
            await made.start()
            await work(made)

    asyncio.run(run())


async def until(holds: Callable[[], bool]) -> None:
    """Let others go on until it holds; the test's own time limit ends it otherwise."""
    while not holds():
        await asyncio.sleep(0.01)


async def code(work: Coroutine[Any, Any, object]) -> str:
    """The code of the error that ends the work."""
    with pytest.raises(CoopgraphError) as caught:
        await work
    return caught.value.code


def test_an_answer_and_its_ticket(liar: Liar) -> None:
    async def work(pool: RemotePool) -> None:
        ticket = Ticket(client="a")
        answer = await pool.answer(Question(ASKED.text, "text/csv"), VIEW, ticket)
        assert (answer.media_type, answer.body, answer.rows) == ("text/csv", b"s\r\nhttp://example.org/a\r\n", 1)
        assert (ticket.state, ticket.outcome, ticket.rows) == (State.FINISHED, "answered", 1)
        assert pool.registry.past() == (ticket,)
        assert (pool.idle, pool.waiting, pool.pids()) == (2, 0, (os.getpid(),))

    with_pool(liar, work)


def test_an_error_carries_the_id_of_its_query(liar: Liar) -> None:
    async def work(pool: RemotePool) -> None:
        ticket = Ticket(id="mine")
        with pytest.raises(CoopgraphError) as caught:
            await pool.answer(Question("SELECT", JSON), VIEW, ticket)
        assert (caught.value.code, caught.value.query_id, ticket.state) == ("syntax", "mine", State.REFUSED)
        assert await code(pool.answer(Question(ASKED.text, "text/turtle"), VIEW)) == "not-acceptable"

    with_pool(liar, work)


def test_an_operator_cancels_what_runs_and_what_waits(liar: Liar) -> None:
    async def work(pool: RemotePool) -> None:
        liar.answer = lambda _: None
        running = asyncio.create_task(code(pool.answer(ASKED, VIEW, Ticket(id="one", client="a"))))
        queued = asyncio.create_task(code(pool.answer(ASKED, VIEW, Ticket(id="two", client="b"))))
        await until(lambda: [one.state for one in pool.registry.live()] == [State.RUNNING, State.QUEUED])
        await until(lambda: len(liar.requests) == 1)
        assert pool.cancel("two")
        assert await queued == "cancelled"
        assert pool.cancel("one")
        assert await running == "cancelled"
        assert not pool.cancel("one")
        assert await asyncio.to_thread(liar.gone.wait, 30)
        liar.answer = lambda _: response(SOME)
        assert (await pool.answer(ASKED, VIEW)).rows == 1

    with_pool(liar, work, readers=1)


def test_a_client_that_leaves_frees_its_place(liar: Liar) -> None:
    async def work(pool: RemotePool) -> None:
        liar.answer = lambda _: None
        ticket = Ticket()
        task = asyncio.create_task(pool.answer(ASKED, VIEW, ticket))
        await until(lambda: len(liar.requests) == 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (ticket.state, pool.idle) == (State.CANCELLED, 1)
        assert await asyncio.to_thread(liar.gone.wait, 30)

    with_pool(liar, work, readers=1)


def test_one_client_leaves_a_place_to_the_others(liar: Liar) -> None:
    async def work(pool: RemotePool) -> None:
        liar.answer = lambda _: None
        greedy = [asyncio.create_task(code(pool.answer(ASKED, VIEW, Ticket(client="a")))) for _ in range(3)]
        await until(lambda: (pool.idle, pool.waiting, len(liar.requests)) == (1, 2, 1))
        assert await code(pool.answer(ASKED, VIEW, Ticket(client="a"))) == "busy"
        liar.answer = lambda _: response(SOME)
        assert (await pool.answer(ASKED, VIEW, Ticket(client="b"))).rows == 1
        for ticket in pool.registry.live():
            pool.cancel(ticket.id)
        assert set(await asyncio.gather(*greedy)) == {"cancelled"}

    with_pool(liar, work)


def test_at_the_deadline_the_place_is_free_again(liar: Liar) -> None:
    async def work(pool: RemotePool) -> None:
        liar.answer = lambda _: None
        assert await code(pool.answer(ASKED, VIEW)) == "deadline"
        assert pool.idle == 1
        liar.answer = lambda _: response(SOME)
        assert (await pool.answer(ASKED, VIEW)).rows == 1

    with_pool(liar, work, readers=1, seconds=3)


def test_the_answer_is_bounded_in_the_format_asked_for(liar: Liar) -> None:
    long = SOME.replace(b"/a", b"/" + b"a" * 9_950)
    liar.answer = lambda _: response(long)

    async def work(pool: RemotePool) -> None:
        assert (await pool.answer(Question(ASKED.text, "text/csv"), VIEW)).rows == 1
        assert await code(pool.answer(ASKED, VIEW)) == "too-large"

    with_pool(liar, work)


def test_closing_ends_what_runs(liar: Liar) -> None:
    async def work(pool: RemotePool) -> None:
        liar.answer = lambda _: None
        running = asyncio.create_task(code(pool.answer(ASKED, VIEW, Ticket(client="a"))))
        queued = asyncio.create_task(code(pool.answer(ASKED, VIEW, Ticket(client="b"))))
        await until(lambda: pool.waiting == 1)
        await pool.close()
        assert await asyncio.gather(running, queued) == ["busy", "busy"]
        assert await code(pool.answer(ASKED, VIEW)) == "busy"
        assert pool.pids() == ()

    with_pool(liar, work, readers=1)
