"""Questions to a remote store under the limits, the order and the watch that reader processes give the embedded one.

There is no process to kill: the end of a query is the end of its connection. What the store does after that is
bounded by limits of its own, which its operator sets.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import CoopgraphError
from coopgraph.store.question import Answer
from coopgraph.store.remote import results
from coopgraph.store.remote.service import RemoteLimits
from coopgraph.store.remote.syntax import demand_sparql
from coopgraph.store.tickets import Registry, Ticket
from coopgraph.store.turns import REMEDY, Turns, closing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from coopgraph.store.limits import Limits
    from coopgraph.store.port import Place, View
    from coopgraph.store.question import Question
    from coopgraph.store.remote.reader import RemoteStore
    from coopgraph.store.remote.service import RemoteQuery

_LONG: Final = 400
"""A query of more characters is read and renamed beside the event loop."""

WORDINESS: Final = 4
"""How many times larger than in the format asked for an answer may be in the format that the store is asked for."""


class RemotePool:
    """See `Pool`: at most `limits.readers` queries at once to a store. It owns the store, and closes it.

    `first` is called, in a thread, when the pool starts: nobody should have to wait for it later.
    """

    def __init__(self, store: RemoteStore, limits: Limits, first: Callable[[], object]) -> None:
        self._first: Final = first
        self.limits: Final = limits
        self.registry: Final = Registry()
        self._store: Final = store
        self._turns: Turns[asyncio.Future[None]] = Turns(readers=limits.readers, waiting=limits.waiting)
        self._holders: list[str] = []
        self._closed = False

    async def start(self) -> None:
        """See `Pool.start`; a store that cannot be reached yet is no reason not to start."""
        with contextlib.suppress(CoopgraphError):
            await asyncio.to_thread(self._first)

    async def answer(self, question: Question, place: Place, ticket: Ticket | None = None) -> Answer:
        """The whole answer of what this view shows of the store.

        Raises:
            CoopgraphError: "syntax", "request", "not-acceptable", "deadline", "too-large", "storage", "store-lost",
                "store-failed", "cancelled", or "busy" if too many are waiting or none of those that run ended in
                time; with the id of the ticket.
        """
        ticket = Ticket() if ticket is None else ticket
        ticket.text = question.text
        with self.registry.recorded(ticket):
            if isinstance(place, str | os.PathLike):
                raise TypeError("a remote store has no directories")
            # What is long is read beside the event loop, where everybody else waits.
            long = len(question.text) > _LONG
            query = await asyncio.to_thread(_put, question, place) if long else _put(question, place)
            async with self._turn(ticket):
                answer = await self._stoppable(self._answer(question, query), ticket)
            ticket.rows, ticket.size = answer.rows, answer.size
            return answer

    def cancel(self, identifier: str) -> bool:
        """Stop the queries that have this ticket id, whether they run or wait; whether there was one.

        Who asked gets the error "cancelled".
        """
        error = CoopgraphError("cancelled", "The query was cancelled by an operator.")
        return self.registry.stop(identifier, error)

    def pids(self) -> tuple[int, ...]:
        """The id of this very process, which asks the store itself."""
        return () if self._closed else (os.getpid(),)

    @property
    def idle(self) -> int:
        """How many more queries could run now."""
        return self.limits.readers - len(self._holders)

    @property
    def waiting(self) -> int:
        """How many queries wait for their turn."""
        return len(self._turns)

    async def close(self) -> None:
        """End what runs with "busy", and close the store's connections."""
        if self._closed:
            return
        self._closed = True
        while (found := self._turns.next(())) is not None:
            _, waiter = found
            if not waiter.done():
                waiter.set_exception(closing())
        for ticket in self.registry.live():
            self.registry.stop(ticket.id, closing())
        await asyncio.to_thread(self._store.close)

    async def _answer(self, question: Question, query: RemoteQuery) -> Answer:
        limits = self.limits
        asked = RemoteLimits(seconds=limits.seconds, rows=limits.rows, size=WORDINESS * limits.size)
        arriving = await self._store.loop.within(self._store.client.ask(query, asked))
        with contextlib.closing(arriving):
            # Beside the event loop: the engine's parsers do not hold the interpreter.
            media_type, output = await asyncio.to_thread(
                results.written, arriving, question, rows=limits.rows, size=limits.size, inline=limits.inline
            )
        return Answer(media_type, output.rows, output.size, output.content)

    async def _stoppable(self, work: Coroutine[Any, Any, Answer], ticket: Ticket) -> Answer:
        task = asyncio.ensure_future(work)
        why: list[CoopgraphError] = []

        def stop(error: CoopgraphError) -> None:
            why.append(error)
            task.cancel()

        ticket.start()
        self.registry.open(ticket, stop)
        try:
            return await task
        except asyncio.CancelledError:
            task.cancel()
            if why:
                raise why[0] from None
            raise

    @contextlib.asynccontextmanager
    async def _turn(self, ticket: Ticket) -> AsyncIterator[None]:
        """Wait until this client may have one more query running."""
        if self._closed:
            raise closing()
        if self.idle > 0 and self._turns.may_hold(ticket.client, self._holders):
            self._holders.append(ticket.client)
        else:
            await self._wait(ticket)
        try:
            yield
        finally:
            self._holders.remove(ticket.client)
            self._hand_on()

    async def _wait(self, ticket: Ticket) -> None:
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()

        def refuse(error: CoopgraphError) -> None:
            if not waiter.done():
                waiter.set_exception(error)

        self._turns.enter(ticket.client, waiter)
        self.registry.open(ticket, refuse)
        seconds = self.limits.seconds
        too_long = CoopgraphError(
            "busy",
            f"No turn came within {seconds:g} seconds, the limit query_seconds.",
            remedy=REMEDY,
            limit="query_seconds",
        )
        timer = loop.call_later(seconds, refuse, too_long)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self._holders.remove(ticket.client)
                self._hand_on()
            raise
        finally:
            timer.cancel()
            self._turns.leave(ticket.client, waiter)

    def _hand_on(self) -> None:
        while self.idle > 0 and (found := self._turns.next(self._holders)) is not None:
            client, waiter = found
            if not waiter.done():
                self._holders.append(client)
                waiter.set_result(None)


def _put(question: Question, place: View) -> RemoteQuery:
    demand_sparql(question.text, question.base)
    return place.put(
        question.text,
        base=question.base,
        default_graphs=question.default_graphs,
        named_graphs=question.named_graphs,
    )
