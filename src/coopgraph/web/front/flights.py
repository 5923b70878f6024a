"""The same question asked by several at once is put once, and goes on as long as one of them waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")


class _Flight(Generic[T]):
    """One question under way: the task of who put it, and those who joined."""

    __slots__ = ("joined", "left", "result", "task")

    def __init__(self, task: asyncio.Task[object]) -> None:
        self.task = task
        self.joined = 0
        self.left = False
        self.result: asyncio.Future[T] | None = None


class Flights(Generic[T]):
    """The questions under way, by name; belongs to the event loop."""

    def __init__(self) -> None:
        self._under_way: dict[str, _Flight[T]] = {}

    def __len__(self) -> int:
        return len(self._under_way)

    async def share(self, name: str, ask: Callable[[], Awaitable[T]]) -> T:
        """The answer of `ask`, or of the one that was put under this name and has not ended.

        An error is shared as well. Who is cancelled leaves alone; when the last one leaves, the question is cancelled.
        """
        flight = self._under_way.get(name)
        if flight is None or flight.task.cancelling():
            return await self._put(name, ask)
        return await self._join(flight)

    def leave(self, task: asyncio.Task[object]) -> None:
        """Cancel the task, unless others wait for what it asks: then it goes on for them."""
        for flight in self._under_way.values():
            if flight.task is task and flight.joined:
                flight.left = True
                return
        task.cancel()

    async def _put(self, name: str, ask: Callable[[], Awaitable[T]]) -> T:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a question is put by a task")
        flight = self._under_way[name] = _Flight[T](task)
        try:
            answer = await ask()
        except Exception as error:
            if flight.result is not None and not flight.result.done():
                flight.result.set_exception(error)
                # Whoever joined may have left in the meantime; an error that nobody hears is no mistake.
                flight.result.exception()
            raise
        except asyncio.CancelledError:
            if flight.result is not None:
                flight.result.cancel()
            raise
        else:
            if flight.result is not None and not flight.result.done():
                flight.result.set_result(answer)
            return answer
        finally:
            if self._under_way.get(name) is flight:
                del self._under_way[name]

    async def _join(self, flight: _Flight[T]) -> T:
        if flight.result is None:
            flight.result = asyncio.get_running_loop().create_future()
        flight.joined += 1
        try:
            return await asyncio.shield(flight.result)
        except asyncio.CancelledError:
            flight.joined -= 1
            if flight.left and not flight.joined and not flight.result.done():
                flight.task.cancel()
            raise
