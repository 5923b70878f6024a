"""Each query can be seen from its arrival to its end, and can be stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.store.tickets import REMEMBERED, SHOWN, State
from coopgraph.store.workers import Question, ReaderPool, Ticket
from tests.store import made
from tests.store.made import JSON, LONG, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.store.made import Pool

ASK = Question("ASK {}", JSON)


def failure(pool: Pool, text: str, ticket: Ticket) -> CoopgraphError:
    with pytest.raises(CoopgraphError) as caught:
        pool.ask(Question(text, JSON), ticket)
    return caught.value


def test_a_ticket_tells_what_became_of_its_query(pool: Callable[..., Pool]) -> None:
    readers = pool(seconds=0.5, rows=5)
    answered = Ticket(id="one", client="192.0.2.1", release=7)
    readers.ask(Question("SELECT * { ?s ?p ?o } LIMIT 3", JSON), answered)
    assert (answered.state, answered.outcome, answered.rows) == (State.FINISHED, "answered", 3)
    assert answered.size
    assert answered.ran is not None
    assert answered.waited is not None
    assert 0 <= answered.ran < 0.5
    for text, code, state in (
        ("SELECT", "syntax", State.REFUSED),
        ("SELECT * { ?s ?p ?o }", "too-large", State.REFUSED),
        (LONG, "deadline", State.KILLED),
    ):
        ticket = Ticket()
        error = failure(readers, text, ticket)
        assert (error.code, error.query_id) == (code, ticket.id)
        assert (ticket.state, ticket.outcome) == (state, code)
    assert ticket.ran is not None
    assert ticket.ran >= 0.5
    registry = readers.pool.registry
    assert registry.live() == ()
    assert [one.outcome for one in registry.past()] == ["deadline", "too-large", "syntax", "answered"]


def test_only_the_last_are_remembered_and_of_long_ones_the_beginning(pool: Callable[..., Pool]) -> None:
    readers = pool()
    for i in range(REMEMBERED + 5):
        readers.ask(ASK, Ticket(id=str(i)))
    past = readers.pool.registry.past()
    assert [one.id for one in past] == [str(i) for i in range(REMEMBERED + 4, 4, -1)]
    long = Ticket()
    readers.ask(Question("ASK {}" + "#" * 5 * SHOWN, JSON), long)
    assert len(long.text) == SHOWN


def test_what_runs_and_what_waits_can_be_cancelled(pool: Callable[..., Pool]) -> None:
    readers = pool(seconds=20.0)
    before = readers.pids()
    running, waiting = Ticket(id="running"), Ticket(id="waiting")
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(failure, readers, LONG, running)
        assert until(lambda: running.state is State.RUNNING)
        second = threads.submit(failure, readers, "ASK {}", waiting)
        assert until(lambda: readers.pool.waiting == 1)
        assert readers.pool.registry.live() == (running, waiting)
        assert not readers.cancel("unknown")
        assert readers.cancel("waiting")
        assert second.result(timeout=5).code == "cancelled"
        assert readers.pool.waiting == 0
        start = time.monotonic()
        assert readers.cancel("running")
        assert first.result(timeout=5).code == "cancelled"
        assert time.monotonic() - start < 0.5
    assert {running.state, waiting.state} == {State.CANCELLED}
    assert running.ran is not None
    assert waiting.ran is None
    assert readers.ask(ASK).rows == 1
    assert time.monotonic() - start < 1.0
    assert set(readers.pids()).isdisjoint(before)
    assert not readers.cancel("running")


def test_who_goes_away_takes_a_long_query_along_and_leaves_the_reader_to_a_short_one(store: Path) -> None:
    async def scenario() -> None:
        async with ReaderPool(made.limits(seconds=20.0)) as pool:
            await pool.answer(ASK, store)
            (before,) = pool.pids()
            short = Ticket()
            task = asyncio.create_task(pool.answer(Question("SELECT * { ?s ?p ?o }", JSON), store, short))
            while short.state is State.QUEUED:
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            assert short.state is State.CANCELLED
            assert (await pool.answer(ASK, store)).rows == 1
            assert pool.pids() == (before,)
            long, behind = Ticket(), Ticket()
            task = asyncio.create_task(pool.answer(Question(LONG, JSON), store, long))
            waiting = asyncio.create_task(pool.answer(ASK, store, behind))
            await asyncio.sleep(0.1)
            assert (long.state, behind.state) == (State.RUNNING, State.QUEUED)
            task.cancel()
            assert (await asyncio.wait_for(waiting, 3)).rows == 1
            assert made.gone(before)
            assert (long.state, long.outcome) == (State.CANCELLED, "gone")
            # One that waits leaves its place in the queue.
            task = asyncio.create_task(pool.answer(Question(LONG, JSON), store))
            waiting = asyncio.create_task(pool.answer(ASK, store))
            await asyncio.sleep(0.05)
            assert pool.waiting == 1
            waiting.cancel()
            await asyncio.wait([waiting])
            assert pool.waiting == 0
            task.cancel()
            await asyncio.wait([task])

    asyncio.run(scenario())


def test_one_client_leaves_a_reader_to_the_others(pool: Callable[..., Pool]) -> None:
    readers = pool(readers=3, seconds=20.0)
    readers.all_up()
    tickets = [Ticket(id=str(i), client="192.0.2.1") for i in range(5)]
    with ThreadPoolExecutor(5) as threads:
        runaways = [threads.submit(failure, readers, LONG, ticket) for ticket in tickets]
        assert until(lambda: readers.pool.waiting == 3)
        assert until(lambda: [ticket.state for ticket in tickets].count(State.RUNNING) == 2)
        assert readers.ask(ASK, Ticket(client="192.0.2.2")).rows == 1
        # What is cancelled is replaced from the queue, and never by more.
        ran = next(ticket for ticket in tickets if ticket.state is State.RUNNING)
        readers.cancel(ran.id)
        assert until(lambda: readers.pool.waiting == 2)
        assert until(lambda: [ticket.state for ticket in tickets].count(State.RUNNING) == 2)
        assert readers.ask(ASK, Ticket(client="192.0.2.2")).rows == 1
        for ticket in tickets:
            readers.cancel(ticket.id)
        assert {one.result(timeout=10).code for one in runaways} == {"cancelled"}


def test_a_slow_query_stands_back(pool: Callable[..., Pool]) -> None:
    readers = pool(seconds=20.0)
    (pid,) = readers.pids()
    usual = os.getpriority(os.PRIO_PROCESS, pid)
    ticket = Ticket()
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(failure, readers, LONG, ticket)
        assert until(lambda: os.getpriority(os.PRIO_PROCESS, pid) > usual, 5)
        readers.cancel(ticket.id)
        assert slow.result(timeout=5).code == "cancelled"
    assert readers.ask(ASK).rows == 1
    (pid,) = readers.pids()
    assert os.getpriority(os.PRIO_PROCESS, pid) == usual


def test_a_slow_query_that_ends_well_gives_back_what_it_took(pool: Callable[..., Pool]) -> None:
    readers = pool(seconds=20.0)
    (pid,) = readers.pids()
    usual = os.getpriority(os.PRIO_PROCESS, pid)
    with ThreadPoolExecutor(1) as threads:
        stopped = threads.submit(readers.ask, Question("ASK { ?s ?p 1 }", JSON))
        os.kill(pid, signal.SIGSTOP)
        try:
            assert until(lambda: stopped.done() or os.getpriority(os.PRIO_PROCESS, pid) > usual, 5)
        finally:
            os.kill(pid, signal.SIGCONT)
        assert stopped.result(timeout=5).rows == 1
    assert readers.ask(ASK).rows == 1
    (now,) = readers.all_up()
    assert os.getpriority(os.PRIO_PROCESS, now) == usual
