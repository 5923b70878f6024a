"""One reader process as its parent sees it: a few questions in order, each with a deadline, which this module owns.

A process is given several questions at once only as long as they are quick, since it is waking each other up that
costs most then. As soon as one of them takes longer, those behind it are given back, to be put to other processes.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.store.question import Answer
from coopgraph.store.reader_link import ReaderLink
from coopgraph.store.wire import WITHDRAW, Kind, unpack_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coopgraph.store.errand import Errand
    from coopgraph.store.limits import Limits
    from coopgraph.store.spool import Spooled
    from coopgraph.store.wire import Head

START_SECONDS: Final = 30.0
GRACE_SECONDS: Final = 0.2
"""How long a query that nobody waits for may go on: ending a process for it costs more than letting it finish."""

SLOW_SECONDS: Final = 1.0
"""After this time a query has to stand back behind what other clients ask."""

PATIENCE_SECONDS: Final = 0.005
"""So long a question waits behind another one in a process before others are to answer it."""

BATCH_SECONDS: Final = 0.003
MOST: Final = 16
"""A process is given what it will probably answer in so many seconds, and never more than so many questions."""

_WEIGHT: Final = 0.1
_LEAST: Final = 1e-6
_SOON: Final = 0.001
# After one of these the process answered, but nobody should rely on its state.
_SPOILT: Final = frozenset({"memory", "internal"})
_log = logging.getLogger(__name__)


class ReaderProcess:
    """A process of its own that answers questions to sealed stores; belongs to the running event loop.

    `up` is done when it has started, `gone` when the process has ended, for whatever reason, and its memory is free.
    `lost` tells that it ended by itself, for no reason that lies in what it was asked.

    Raises:
        OSError: if no process can be started.
    """

    def __init__(self, limits: Limits) -> None:
        self._loop = asyncio.get_running_loop()
        self._limits = limits
        self._link: Final = ReaderLink(limits, self)
        self.up: Final[asyncio.Future[None]] = self._loop.create_future()
        self.gone: Final[asyncio.Future[None]] = self._loop.create_future()
        self.lost = False
        self._doomed = False
        self._on_free: Callable[[], None] | None = None
        self._give_back: Callable[[Sequence[Errand]], None] | None = None
        # The first one runs, since `_began`; None stands for one that nobody waits for here any more.
        self._asked: deque[Errand | None] = deque()
        self._began = 0.0
        self._usual = SLOW_SECONDS
        self._timer = self._loop.call_later(START_SECONDS, self.kill)
        self._look_at = float("inf")

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._link.pid

    @property
    def ready(self) -> bool:
        """Whether the process has come up, and has not ended since."""
        return self.up.done() and not self._doomed

    @property
    def room(self) -> int:
        """How many questions it may be given at once, judging by those before."""
        return max(1, min(MOST, int(BATCH_SECONDS / max(self._usual, _LEAST))))

    def serve(self, on_free: Callable[[], None], give_back: Callable[[Sequence[Errand]], None]) -> None:
        """From now on `on_free` is called whenever the reader can be asked: once it is up, and after its last reply.

        What it was given and will not begin with, it gives back.
        """
        self._on_free, self._give_back = on_free, give_back
        if self.ready:
            on_free()

    def ask(self, errands: Sequence[Errand]) -> bool:
        """Have these answered one after the other, only while the reader is free; False if it has ended already.

        They end with whatever the process tells, or with "deadline", "memory", "too-deep" or "reader-lost".
        """
        if self._doomed or not self._link.send(b"".join([errand.message for errand in errands])):
            return False
        for errand in errands:
            errand.reader = self
        self._asked.extend(errands)
        self._begin()
        self._look_after(PATIENCE_SECONDS if len(errands) > 1 else min(self._limits.seconds, SLOW_SECONDS))
        return True

    def leave(self, errand: Errand) -> None:
        """Nobody waits for this any more; a reader that works on it becomes free again soon, or goes."""
        if errand not in self._asked:
            return
        place = self._asked.index(errand)
        self._asked[place] = None
        if not place:
            self._began = time.monotonic()
            self._look_after(GRACE_SECONDS)

    def stop(self, errand: Errand, error: CoopgraphError) -> None:
        """End the errand with this error, and the process as well if that works on it."""
        if self._asked and self._asked[0] is errand:
            self.kill()
        else:
            self.leave(errand)
        errand.fail(error)

    def kill(self) -> None:
        """End the process at once, whatever it does; who waits for what it does gets "reader-lost"."""
        self._doomed = True
        self._link.kill()
        self._return(1)

    # What the link tells.

    def replied(self, head: Head, media_type: str, content: bytes | Spooled) -> None:
        """The process is up, or has answered the first question, and goes on to the next."""
        if head.kind is Kind.READY:
            self._timer.cancel()
            self.up.set_result(None)
            _log.debug("Reader %d is up. %s", self.pid, content)
            self._turn_to_next()
            return
        if not self._asked:
            # A process that has gone astray is not listened to.
            self.kill()
            return
        errand = self._asked.popleft()
        if head.kind is Kind.ERROR and isinstance(content, bytes):
            error = unpack_error(content)
            if error.code in _SPOILT:
                self._return(0)
                self.kill()
            if errand is not None:
                errand.fail(error)
        elif head.kind is Kind.SKIPPED:
            if errand is not None:
                # The process had not even begun with the first one when the others were withdrawn.
                self._back([errand])
        else:
            # As the process saw it: how long it had to wait for a processor says nothing about the questions.
            self._usual += _WEIGHT * (head.micros / 1e6 - self._usual)
            if errand is not None:
                errand.succeed(Answer(media_type, head.rows, head.size, content))
        self._turn_to_next()

    def closed(self) -> None:
        """The process is about to be gone."""
        self._doomed = True
        self._timer.cancel()
        self._timer = self._loop.call_later(START_SECONDS, self._link.kill)
        self._return(1)

    def ended(self, status: int) -> None:
        """The process is gone."""
        self._timer.cancel()
        if self._asked and (errand := self._asked.popleft()) is not None and not errand.result.done():
            error = self._why(status)
            self.lost = error.code == "reader-lost"
            errand.fail(error)
        if not self.gone.done():
            self.gone.set_result(None)

    # What becomes of the questions.

    def _turn_to_next(self) -> None:
        if not self._link.back_to_speed():
            # A new process has the usual priority.
            self._return(0)
            self.kill()
        if self._asked:
            self._begin()
        elif not self._doomed and self._on_free is not None:
            self._on_free()

    def _begin(self) -> None:
        """The process begins with the first of what it was asked."""
        self._began = time.monotonic()
        first = self._asked[0]
        if first is not None:
            first.ticket.start()

    def _return(self, first: int) -> None:
        """Give back what the process was given, from this place on."""
        back = [errand for errand in islice(self._asked, first, None) if errand is not None]
        for place in range(first, len(self._asked)):
            self._asked[place] = None
        self._back(back)

    def _back(self, errands: Sequence[Errand]) -> None:
        for errand in errands:
            errand.reader = None
            errand.ticket.wait()
        if errands and self._give_back is not None:
            self._give_back(errands)

    # The clock.

    def _look_after(self, seconds: float) -> None:
        """Look at the clock after this time, or before: most questions end long before anybody has to."""
        due = time.monotonic() + seconds
        if due < self._look_at:
            self._timer.cancel()
            self._look_at = due
            self._timer = self._loop.call_later(seconds, self._look)

    def _look(self) -> None:
        """See how long the question runs that runs now, and do what follows from that."""
        self._look_at = float("inf")
        # An answer that lies there already took less time than it has lain there.
        self._link.listen()
        if not self._asked or self._doomed:
            return
        errand, ran = self._asked[0], time.monotonic() - self._began
        end = GRACE_SECONDS if errand is None else self._limits.seconds
        if ran >= end:
            self._too_late(errand)
            return
        if ran >= PATIENCE_SECONDS and any(islice(self._asked, 1, None)):
            # Should the process begin with one of them in this moment, it does so in vain, and nothing else.
            self._link.send(WITHDRAW)
            self._return(1)
        if ran >= SLOW_SECONDS:
            self._link.stand_back()
        steps = (PATIENCE_SECONDS if len(self._asked) > 1 else end, SLOW_SECONDS, end)
        # The loop's clock counts milliseconds, and may be ahead by one.
        self._look_after(min(step for step in steps if step > ran) - ran + _SOON)

    def _too_late(self, errand: Errand | None) -> None:
        if errand is None:
            self.kill()
            return
        seconds = self._limits.seconds
        self.stop(
            errand,
            CoopgraphError(
                "deadline",
                f"The query was stopped after {seconds:g} seconds, the limit query_seconds.",
                remedy="Ask for less, or raise the limit.",
                limit="query_seconds",
            ),
        )

    def _why(self, status: int) -> CoopgraphError:
        """What made the process end with this status."""
        if status == -signal.SIGABRT:
            # The engine aborts when it is refused memory; nothing else makes it abort.
            return CoopgraphError(
                "memory",
                f"The query needed more than {self._limits.memory} bytes of memory, the limit query_memory.",
                remedy="Ask for less: ORDER BY, DISTINCT and GROUP BY hold their rows in memory.",
                limit="query_memory",
            )
        if self.up.done() and status == -signal.SIGSEGV:
            # The engine follows the nesting of a query on its stack, and nothing else makes it leave that.
            return CoopgraphError(
                "too-deep",
                "The query is nested too deeply, or chains too many parts, for the engine's stack.",
                remedy="Ask a simpler query; put long lists of values into VALUES.",
            )
        how = f"signal {-status}" if status < 0 else f"status {status}"
        return CoopgraphError("reader-lost", f"The reader process ended with {how}.", remedy="Try again.")
