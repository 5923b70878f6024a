"""Readers for callers that wait: any thread may ask, and the pool's event loop runs beside them."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from coopgraph.store.turns import closing
from coopgraph.store.workers import ReaderPool

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import TracebackType

    from coopgraph.store.pool import Pool
    from coopgraph.store.port import Place
    from coopgraph.store.workers import Answer, Limits, Question, Ticket

T = TypeVar("T")
_CLOSE_SECONDS: Final = 10.0


class BlockingReaders:
    """A pool whose questions any thread may ask, except that of its event loop; a context manager.

    The pool is one of reader processes unless another one is given. The loop is one that runs already, or one of its
    own in a thread, started with the first question.
    """

    def __init__(
        self, limits: Limits, *, pool: Pool | None = None, loop: asyncio.AbstractEventLoop | None = None
    ) -> None:
        self.pool: Final[Pool] = ReaderPool(limits) if pool is None else pool
        self._loop = loop
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = False

    def run(self, question: Question, place: Place, ticket: Ticket | None = None) -> Answer:
        """The whole answer; see `ReaderPool.answer`."""
        return self.wait(self.pool.answer(question, place, ticket))

    def start(self) -> None:
        """Wait until a reader is up; see `ReaderPool.start`."""
        self.wait(self.pool.start())

    def cancel(self, identifier: str) -> bool:
        """Stop the queries that have this ticket id; see `ReaderPool.cancel`."""

        async def cancel() -> bool:
            return self.pool.cancel(identifier)

        return self.wait(cancel())

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """What the coroutine returns, run in the pool's loop. Who is interrupted here cancels it."""
        with self._lock:
            if self._closed:
                work.close()
                raise closing()
            future = asyncio.run_coroutine_threadsafe(work, self._running())
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """End all processes, and the loop if it is our own."""
        with self._lock:
            self._closed = True
            loop, thread = self._loop, self._thread
        if loop is None or not loop.is_running():
            return
        future = asyncio.run_coroutine_threadsafe(self._close(), loop)
        if thread is not None:
            future.add_done_callback(lambda _: loop.call_soon_threadsafe(loop.stop))
        # Garbage is collected in any thread, also in this one, which must not wait for itself.
        if thread is not threading.current_thread():
            with contextlib.suppress(TimeoutError):
                future.result(_CLOSE_SECONDS)
            if thread is not None:
                thread.join(_CLOSE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    async def _close(self) -> None:
        await self.pool.close()
        if self._thread is not None:
            # Who still waits here is told so before the loop stops.
            others = asyncio.all_tasks() - {asyncio.current_task()}
            await asyncio.gather(*others, return_exceptions=True)

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=_run, args=(self._loop,), name="readers", daemon=True)
            self._thread.start()
        return self._loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()
