"""Quick questions go to a process several at a time, and none of them pays for being in company."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import socket
import time
from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.store import reader_handle
from coopgraph.store.errand import Errand
from coopgraph.store.inbox import Inbox
from coopgraph.store.patience import Patience
from coopgraph.store.reader_handle import ReaderProcess
from coopgraph.store.tickets import State, Ticket
from coopgraph.store.wire import WITHDRAW, Kind, pack_question, reply_head
from coopgraph.store.workers import Question, ReaderPool
from tests.store import made
from tests.store.made import JSON, LONG

if TYPE_CHECKING:
    from pathlib import Path

QUICK = "SELECT ?o {{ <http://example.org/{}> ?p ?o }}"


def errand(store: Path, text: str) -> Errand:
    message = pack_question(Question(text, JSON), str(store))
    return Errand(message, str(store), Ticket(client="a"), asyncio.get_running_loop().create_future())


class Desk:
    """Takes note of what a reader gives back, and of when it is free."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.back: list[Errand] = []

    async def reader(self, **limits: float) -> ReaderProcess:
        reader = ReaderProcess(made.limits(**limits))
        await reader.up
        reader.serve(self.free.set, self.back.extend)
        return reader

    async def answered(self, reader: ReaderProcess, errands: list[Errand]) -> list[int]:
        """How many rows each has, asked again as long as they come back, as they do where a machine is busy."""
        self.back.extend(errands)
        while any(not one.result.done() for one in errands):
            if self.back and self.free.is_set():
                self.free.clear()
                asked = self.back[:]
                self.back.clear()
                assert reader.ask(asked)
            await asyncio.sleep(0.001)
        return [one.result.result().rows for one in errands]


async def end(reader: ReaderProcess) -> None:
    reader.kill()
    await reader.gone


def test_each_question_gets_its_own_answer(store: Path) -> None:
    async def run() -> None:
        desk = Desk()
        reader = await desk.reader()
        errands = [errand(store, QUICK.format(i)) for i in range(20)]
        assert await desk.answered(reader, errands) == [1] * 20
        assert [f'"{i}"'.encode() in one.result.result().body for i, one in enumerate(errands)] == [True] * 20
        await end(reader)

    asyncio.run(run())


def test_what_stands_behind_a_long_one_is_given_back_and_not_begun(store: Path) -> None:
    async def run() -> None:
        desk = Desk()
        reader = await desk.reader(seconds=1.0)
        long, *others = errands = [errand(store, text) for text in (LONG, QUICK.format(1), QUICK.format(2))]
        desk.free.clear()
        start = time.monotonic()
        reader.ask(errands)
        while not desk.back:
            await asyncio.sleep(0.001)
        assert time.monotonic() - start < 0.5
        assert desk.back == others
        assert [one.ticket.state for one in errands] == [State.RUNNING, State.QUEUED, State.QUEUED]
        with pytest.raises(CoopgraphError) as caught:
            await long.result
        assert caught.value.code == "deadline"
        assert not any(one.result.done() for one in others)
        await reader.gone
        assert not reader.lost

    asyncio.run(run())


def test_a_reader_that_is_free_again_has_skipped_what_was_withdrawn(store: Path) -> None:
    middling = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < 5) }"

    async def run() -> None:
        desk = Desk()
        reader = await desk.reader(seconds=60.0)
        first, *others = errands = [errand(store, text) for text in (middling, LONG, LONG)]
        desk.free.clear()
        reader.ask(errands)
        assert (await first.result).rows == 1
        await desk.free.wait()
        assert desk.back == others
        again = errand(store, QUICK.format(3))
        reader.ask([again])
        assert (await again.result).rows == 1
        await end(reader)

    asyncio.run(run())


def test_nothing_is_lost_when_a_process_does_not_get_to_begin(store: Path) -> None:
    async def run() -> None:
        desk = Desk()
        reader = await desk.reader()
        for i in range(5):
            await desk.answered(reader, [errand(store, QUICK.format(i))])
        errands = [errand(store, QUICK.format(i)) for i in range(5)]
        desk.free.clear()
        os.kill(reader.pid, signal.SIGSTOP)
        reader.ask(errands)
        while len(desk.back) < 4:
            await asyncio.sleep(0.001)
        os.kill(reader.pid, signal.SIGCONT)
        await desk.free.wait()
        assert desk.back == [*errands[1:], errands[0]]
        assert {one.ticket.state for one in errands} == {State.QUEUED}
        assert {one.ticket.waited for one in errands} == {None}
        assert not any(one.result.done() for one in errands)
        desk.back.clear()
        assert await desk.answered(reader, errands) == [1] * 5
        # From when it came, however often it was taken up.
        assert all((one.ticket.waited or 0) >= 0.005 for one in errands)
        await end(reader)

    asyncio.run(run())


def test_the_end_of_a_process_costs_only_the_question_that_ran(store: Path) -> None:
    async def run() -> None:
        desk = Desk()
        reader = await desk.reader()
        long, *others = errands = [errand(store, text) for text in (LONG, QUICK.format(1))]
        reader.ask(errands)
        reader.kill()
        assert desk.back == others
        with pytest.raises(CoopgraphError) as caught:
            await long.result
        assert caught.value.code == "reader-lost"
        await reader.gone
        assert not reader.ask([errand(store, QUICK.format(1))])

    asyncio.run(run())


def test_an_answer_whose_file_cannot_be_taken_is_an_error_at_once(store: Path) -> None:
    """The system throws away a file that is sent to who may have no more of them open."""

    async def run() -> None:
        desk = Desk()
        reader = await desk.reader(inline=10)
        large = errand(store, "SELECT * { ?s ?p ?o }")
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        free = os.dup(0)
        os.close(free)
        resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
        try:
            assert reader.ask([large])
            with pytest.raises(CoopgraphError) as caught:
                await asyncio.wait_for(large.result, 5)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert caught.value.code == "reader-lost"
        await reader.gone

    asyncio.run(run())


def test_to_cancel_one_in_the_middle_ends_only_that(store: Path) -> None:
    async def run() -> None:
        desk = Desk()
        reader = await desk.reader()
        first, second, third = errands = [errand(store, QUICK.format(i)) for i in range(3)]
        desk.free.clear()
        reader.ask(errands)
        reader.stop(second, CoopgraphError("cancelled", "No."))
        await desk.free.wait()
        back, desk.back = desk.back, []
        await desk.answered(reader, back)
        assert first.result.result().rows == third.result.result().rows == 1
        with pytest.raises(CoopgraphError) as caught:
            await second.result
        assert caught.value.code == "cancelled"
        assert reader.ready
        await end(reader)

    asyncio.run(run())


def test_a_reader_that_was_quick_is_given_more(store: Path) -> None:
    async def run() -> None:
        desk = Desk()
        reader = await desk.reader()
        assert reader.room == 1
        for i in range(200):
            await desk.answered(reader, [errand(store, QUICK.format(i % 10))])
        assert 1 < reader.room <= reader_handle.MOST
        await end(reader)

    asyncio.run(run())


def test_many_questions_of_one_client_beside_a_long_one(store: Path) -> None:
    """Whatever company they are put in, all that are quick are answered while the long one runs."""

    async def run() -> None:
        async with ReaderPool(made.limits(readers=3, seconds=8.0, waiting=300)) as pool:

            async def ask(text: str) -> int:
                return (await pool.answer(Question(text, JSON), store, Ticket(client="a"))).rows

            await pool.start()
            for i in range(200):
                await ask(QUICK.format(i % 10))
            quick = [asyncio.create_task(ask(QUICK.format(i % 10))) for i in range(60)]
            long = asyncio.create_task(ask(LONG))
            quick += [asyncio.create_task(ask(QUICK.format(i % 10))) for i in range(60)]
            assert set(await asyncio.wait_for(asyncio.gather(*quick), 5)) == {1}
            assert not long.done()
            long.cancel()
            await asyncio.wait([long])

    asyncio.run(run())


def test_nobody_waits_longer_than_the_limit_and_nobody_is_refused_before() -> None:
    async def run() -> None:
        refused: list[tuple[Errand, float]] = []
        start = time.monotonic()
        patience = Patience(0.1, lambda one: refused.append((one, time.monotonic() - start)))
        loop = asyncio.get_running_loop()
        first, second, third = (Errand(b"", "", Ticket(), loop.create_future()) for _ in range(3))
        patience.add(first)
        patience.add(second)
        await asyncio.sleep(0.05)
        patience.add(third)
        patience.discard(second)
        patience.discard(first)
        patience.add(first)
        await asyncio.sleep(0.2)
        assert [one for one, _ in refused] == [first, third]
        assert 0.1 <= refused[0][1] < refused[1][1]
        patience.close()

    asyncio.run(run())


def test_questions_arrive_in_whatever_pieces() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        messages = [pack_question(Question("x" * size, JSON), "/d") for size in (1, 0, 200_000, 7)]
        inbox = Inbox(theirs)
        found = []
        data = b"".join(messages)
        for start in range(0, len(data), 50_001):
            ours.sendall(data[start : start + 50_001])
        ours.shutdown(socket.SHUT_WR)
        while (question := inbox.next()) is not None:
            found.append(len(question[1]))
        assert found == [1, 0, 200_000, 7]


def test_what_is_withdrawn_is_told_as_skipped() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        first, second, third, fourth = (pack_question(Question(text, JSON), "/d") for text in "abcd")
        inbox = Inbox(theirs)
        ours.sendall(first + second)
        assert (inbox.next() or (b"", b""))[1] == b"a"
        time.sleep(0.01)
        ours.sendall(third + WITHDRAW + fourth)
        assert (inbox.next() or (b"", b""))[1] == b"d"
        told = ours.recv(1000)
        head = reply_head(told)
        assert head is not None
        assert head.kind is Kind.SKIPPED
        # One for each of the two.
        assert len(told) == 2 * head.length
