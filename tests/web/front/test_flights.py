"""The same question asked by several at once: one answer for all, and an end when nobody waits."""

from __future__ import annotations

import asyncio

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.web.front.flights import Flights


class Asked:
    """A question whose answer comes when the test says so."""

    def __init__(self) -> None:
        self.times = 0
        self.cancelled = 0
        self.result: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def __call__(self) -> str:
        self.times += 1
        try:
            return await asyncio.shield(self.result)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


async def begun(flights: Flights[str], asked: Asked, number: int) -> list[asyncio.Task[str]]:
    tasks = [asyncio.create_task(flights.share("name", asked)) for _ in range(number)]
    await asyncio.sleep(0.01)
    return tasks


def test_it_is_put_once_and_answered_to_all() -> None:
    async def scenario() -> None:
        flights: Flights[str] = Flights()
        asked = Asked()
        tasks = await begun(flights, asked, 5)
        other = asyncio.create_task(flights.share("other", asked))
        await asyncio.sleep(0.01)
        assert len(flights) == 2
        asked.result.set_result("answer")
        assert await asyncio.gather(*tasks, other) == ["answer"] * 6
        assert asked.times == 2
        assert len(flights) == 0
        assert await flights.share("name", asked) == "answer"
        assert asked.times == 3

    asyncio.run(scenario())


def test_an_error_is_told_to_all() -> None:
    async def scenario() -> None:
        flights: Flights[str] = Flights()
        asked = Asked()
        tasks = await begun(flights, asked, 3)
        asked.result.set_exception(CoopgraphError("deadline", "Too long."))
        for task in tasks:
            with pytest.raises(CoopgraphError):
                await task
        assert asked.times == 1

    asyncio.run(scenario())


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_it_goes_on_until_the_last_one_leaves(order: tuple[int, ...]) -> None:
    async def scenario() -> None:
        flights: Flights[str] = Flights()
        asked = Asked()
        tasks = await begun(flights, asked, 3)
        for number in order:
            assert not asked.cancelled
            flights.leave(tasks[number])
            await asyncio.sleep(0.01)
        assert asked.cancelled == 1
        assert all(task.cancelled() for task in tasks)
        assert len(flights) == 0

    asyncio.run(scenario())


@pytest.mark.parametrize("leaving", [0, 1])
def test_who_stays_gets_the_answer(leaving: int) -> None:
    async def scenario() -> None:
        flights: Flights[str] = Flights()
        asked = Asked()
        tasks = await begun(flights, asked, 2)
        flights.leave(tasks[leaving])
        await asyncio.sleep(0.01)
        asked.result.set_result("answer")
        assert await tasks[1 - leaving] == "answer"
        assert asked.times == 1
        assert not asked.cancelled

    asyncio.run(scenario())


def test_errors_that_nobody_hears_are_no_mistake() -> None:
    async def scenario() -> None:
        flights: Flights[str] = Flights()
        asked = Asked()
        first, second = await begun(flights, asked, 2)
        second.cancel()
        await asyncio.wait({second})
        asked.result.set_exception(CoopgraphError("deadline", "Too long."))
        with pytest.raises(CoopgraphError):
            await first

    asyncio.run(scenario(), debug=True)
