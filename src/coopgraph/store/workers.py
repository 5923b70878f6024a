"""A pool of reader processes on one event loop: each query is bounded, and is stopped by killing its process.

The deadline of a running query is kept by `reader_handle`, the order of those that wait by `turns`, what ran by
`tickets`; here they meet.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.store.errand import Errand
from coopgraph.store.limits import Limits
from coopgraph.store.patience import Patience
from coopgraph.store.question import Answer, Question
from coopgraph.store.reader_handle import ReaderProcess
from coopgraph.store.seat import Seat
from coopgraph.store.tickets import Registry, Ticket
from coopgraph.store.turns import REMEDY, Turns, closing
from coopgraph.store.wire import pack_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.store.port import Place

__all__ = ["Answer", "Limits", "Question", "ReaderPool", "Ticket"]

_CLOSE_SECONDS: Final = 5.0
_AGAIN_SECONDS: Final = 0.5
_ALONE_SECONDS: Final = 1.0
_log = logging.getLogger(__name__)


class ReaderPool(contextlib.AbstractAsyncContextManager["ReaderPool"]):
    """Processes that read sealed stores, each answering one question after the other; an asynchronous context manager.

    It belongs to the event loop in which it is first used, and only that may call it. A process that ends is replaced
    at once, by one in reserve where there is more than one reader.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits: Final = limits
        self.registry: Final = Registry()
        self._turns: Turns[Errand] = Turns(readers=limits.readers, waiting=limits.waiting)
        self._seats: list[Seat] = []
        self._idle: list[Seat] = []
        self._keepers: list[asyncio.Task[None]] = []
        self._up: asyncio.Future[None] | None = None
        self._starting = asyncio.Lock()
        self._processes: set[ReaderProcess] = set()
        self._reserve: ReaderProcess | None = None
        self._reserve_changed = asyncio.Event()
        self._patience: Final = Patience(limits.seconds, self._refuse)
        self._closed = False

    async def start(self) -> None:
        """Start the processes, and wait until one of them can be asked.

        Raises:
            CoopgraphError: "reader-lost" if none comes up, "busy" if the pool is closed.
        """
        if self._closed:
            raise closing()
        if not self._keepers:
            self._seats = [Seat() for _ in range(self.limits.readers)]
            self._keepers = [asyncio.create_task(self._keep(seat)) for seat in self._seats]
            if len(self._seats) > 1:
                self._keepers.append(asyncio.create_task(self._keep_reserve()))
        if self._up is None:
            self._up = asyncio.get_running_loop().create_future()
        await asyncio.shield(self._up)

    async def answer(self, question: Question, directory: Place, ticket: Ticket | None = None) -> Answer:
        """The whole answer of the store sealed in this directory.

        Raises:
            CoopgraphError: "syntax", "request", "unsupported", "too-deep", "not-acceptable", "deadline", "memory",
                "too-large", "storage", "damaged", "reader-lost", "cancelled", or "busy" if too many are waiting or no
                reader became free in time; with the id of the ticket.
        """
        ticket = Ticket() if ticket is None else ticket
        ticket.text = question.text
        with self.registry.recorded(ticket):
            if self._closed or self._up is None or not self._up.done():
                await self.start()
            if not isinstance(directory, str | Path):
                raise TypeError("a reader process opens directories")
            place = str(directory)
            answer = await self._answer(pack_question(question, place), place, ticket)
            ticket.rows, ticket.size = answer.rows, answer.size
            return answer

    def cancel(self, identifier: str) -> bool:
        """Stop the queries that have this ticket id, whether they run or wait; whether there was one.

        Who asked gets the error "cancelled".
        """
        error = CoopgraphError("cancelled", "The query was cancelled by an operator.")
        return self.registry.stop(identifier, error)

    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that answer now or could."""
        readers = (seat.reader for seat in self._seats)
        return tuple(reader.pid for reader in readers if reader is not None and reader.ready)

    @property
    def idle(self) -> int:
        """How many readers are free."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """How many queries wait for a reader."""
        return len(self._turns)

    async def close(self) -> None:
        """End all processes; queries that run or wait fail with "busy"."""
        self._closed = True
        self._idle.clear()
        for keeper in self._keepers:
            keeper.cancel()
        for ticket in self.registry.live():
            self.registry.stop(ticket.id, closing())
        self._patience.close()
        for reader in self._processes:
            reader.kill()
        if self._processes:
            await asyncio.wait([reader.gone for reader in self._processes], timeout=_CLOSE_SECONDS)
        self._fail_to_start(closing())

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _answer(self, message: bytes, directory: str, ticket: Ticket) -> Answer:
        errand = Errand(message, directory, ticket, asyncio.get_running_loop().create_future())
        self.registry.open(ticket, functools.partial(self._stop, errand))
        seat = self._take(ticket.client, directory)
        if seat is None:
            self._turns.enter(ticket.client, errand)
            self._patience.add(errand)
        else:
            self._ask(seat, [errand])
        try:
            return await errand.result
        except asyncio.CancelledError:
            self._leave(errand)
            raise

    def _ask(self, seat: Seat, errands: Sequence[Errand]) -> None:
        if seat.reader is None:
            raise RuntimeError("a seat that is free has a reader")
        for errand in errands:
            self._patience.discard(errand)
        if not seat.reader.ask(errands):
            # Its process has ended by itself, which is not held against the client while it is replaced.
            seat.holder = None
            self._take_back(errands)

    def _take_back(self, errands: Sequence[Errand]) -> None:
        """A reader that was given these, all of one client, will not begin with them."""
        if self._closed:
            for errand in errands:
                errand.fail(closing())
            return
        self._turns.reenter(errands[0].ticket.client, errands)
        for errand in errands:
            self._patience.add(errand)
        self._serve()

    def _leave(self, errand: Errand) -> None:
        """Nobody waits for this any more."""
        if errand.reader is not None:
            errand.reader.leave(errand)
        else:
            self._patience.discard(errand)
            self._turns.leave(errand.ticket.client, errand)

    def _stop(self, errand: Errand, error: CoopgraphError) -> None:
        if errand.reader is not None:
            errand.reader.stop(errand, error)
        else:
            self._leave(errand)
            errand.fail(error)

    def _take(self, client: str, directory: str) -> Seat | None:
        """A free reader, if there is one that the client may have."""
        if not self._idle or not self._turns.may_hold(client, self._holders()):
            return None
        return self._choose(client, directory)

    def _choose(self, client: str, directory: str) -> Seat:
        """Of the free readers one that has just read there, else the one that was used last."""
        seat = next((seat for seat in reversed(self._idle) if seat.directory == directory), self._idle[-1])
        self._idle.remove(seat)
        seat.holder, seat.directory = client, directory
        return seat

    def _refuse(self, errand: Errand) -> None:
        """No reader became free for this one."""
        said = f"No reader became free within {self.limits.seconds:g} seconds, the limit query_seconds."
        self._stop(errand, CoopgraphError("busy", said, remedy=REMEDY, limit="query_seconds"))

    def _free(self, seat: Seat) -> None:
        """The reader of this seat can be asked, now or again."""
        if self._closed:
            return
        seat.holder = None
        self._idle.append(seat)
        if self._up is not None and not self._up.done():
            self._up.set_result(None)
        self._serve()

    def _serve(self) -> None:
        """Give free readers to those who wait, as far as they may have them."""
        while self._idle and (found := self._turns.next(self._holders())) is not None:
            client, first = found
            seat = self._choose(client, first.directory)
            errands = [first]
            if len(self._turns) and seat.reader is not None:
                # As many as there are for each reader that a client may have, if questions have been quick.
                share = min(seat.reader.room - 1, len(self._turns) // max(1, self.limits.readers - 1))
                errands += self._turns.more(client, share)
            self._ask(seat, errands)

    def _holders(self) -> tuple[str | None, ...]:
        return tuple([seat.holder for seat in self._seats])

    async def _keep(self, seat: Seat) -> None:
        """See to it that there is a process in this seat; never two, so that their memory stays bounded."""
        while True:
            try:
                async with self._starting:
                    # It may have come up while this seat waited for its turn to start another one.
                    reader, self._reserve = self._reserve or await self._start(), None
            except OSError as error:
                self._none_came_up(f"No reader process can be started: {error}")
                await asyncio.sleep(_AGAIN_SECONDS)
                continue
            self._reserve_changed.set()
            seat.reader = reader
            reader.serve(functools.partial(self._free, seat), self._take_back)
            await asyncio.shield(reader.gone)
            if reader.lost:
                # That is not held against the client while the process is replaced.
                seat.holder = None
                self._serve()
            if seat in self._idle:
                self._idle.remove(seat)
            if not reader.up.done():
                self._none_came_up("The reader process ended before it could be asked")
                await asyncio.sleep(_AGAIN_SECONDS)

    async def _keep_reserve(self) -> None:
        """See to it that a process is ready to take the seat of another; it has been asked nothing, and is small."""
        while True:
            try:
                async with self._starting:
                    reader = self._reserve = await self._start()
            except OSError:
                await asyncio.sleep(_AGAIN_SECONDS)
                continue
            reader.gone.add_done_callback(lambda _: self._reserve_changed.set())
            while self._reserve is reader and not reader.gone.done():
                self._reserve_changed.clear()
                await self._reserve_changed.wait()
            if self._reserve is reader:
                self._reserve = None
                await asyncio.sleep(_AGAIN_SECONDS)

    async def _start(self) -> ReaderProcess:
        """A new process, once it is up. Of several that are needed the first is up sooner when each starts alone."""
        reader = ReaderProcess(self.limits)
        self._processes.add(reader)
        reader.gone.add_done_callback(lambda _: self._processes.discard(reader))
        await asyncio.wait([reader.up, reader.gone], timeout=_ALONE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        return reader

    def _none_came_up(self, why: str) -> None:
        _log.error("%s.", why)
        self._fail_to_start(CoopgraphError("reader-lost", f"{why}.", remedy="Try again."))

    def _fail_to_start(self, error: CoopgraphError) -> None:
        """Tell those who wait for the first process; the next one who asks waits anew."""
        up = self._up
        if up is not None and not up.done():
            self._up = None
            up.set_exception(error)
            # Perhaps nobody waits, which is no mistake.
            up.exception()
