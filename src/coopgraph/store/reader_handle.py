"""One reader process as its parent sees it: one question at a time, each with a deadline, which this module owns."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.store.question import Answer
from coopgraph.store.spool import Spooled
from coopgraph.store.wire import REPLY, Kind, reply_head, unpack_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.store.limits import Limits
    from coopgraph.store.wire import Head

START_SECONDS: Final = 30.0
GRACE_SECONDS: Final = 0.2
"""How long a query that nobody waits for may go on: ending a process for it costs more than letting it finish."""

SLOW_SECONDS: Final = 1.0
"""After this time a query has to stand back behind what other clients ask."""

_STEP_BACK: Final = 5
_PART: Final = 1 << 16
_REAP_SECONDS: Final = 0.005
_ROOM_FOR_ONE_FILE: Final = socket.CMSG_SPACE(4)
# After one of these the process answered, but nobody should rely on its state.
_SPOILT: Final = frozenset({"memory", "internal"})
_log = logging.getLogger(__name__)


class NotAskedError(Exception):
    """The process had ended before it was asked anything, so another one may be asked instead."""


class ReaderProcess:
    """A process of its own that answers questions to sealed stores; belongs to the running event loop.

    `up` is done when it has started, `gone` when the process has ended, for whatever reason, and its memory is free.
    """

    def __init__(self, limits: Limits) -> None:
        self._loop = asyncio.get_running_loop()
        self._limits = limits
        self._on_free: Callable[[], None] | None = None
        self.gone: Final[asyncio.Future[None]] = self._loop.create_future()
        ours, theirs = socket.socketpair()
        with theirs:
            # A new interpreter instead of a fork: the parent may have threads, which a fork would tear apart.
            command = [sys.executable, "-P", "-m", "coopgraph.store.reader_process"]
            numbers = (limits.memory, limits.rows, limits.size, limits.inline)
            try:
                self._process: Final = subprocess.Popen(
                    [*command, *map(str, numbers)], stdin=theirs.fileno(), stdout=subprocess.DEVNULL
                )
            except OSError:
                ours.close()
                raise
        ours.setblocking(False)
        self._socket = ours
        self.up: Final[asyncio.Future[None]] = self._loop.create_future()
        self._doomed = False
        self._priority: int | None = None
        self._received = bytearray()
        self._file: int | None = None
        self._unsent = memoryview(b"")
        self._asker: asyncio.Future[Answer] | None = None
        self._timer = self._loop.call_later(START_SECONDS, self.kill)
        self._loop.add_reader(ours.fileno(), self._readable)

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def ready(self) -> bool:
        """Whether the process has come up, and has not ended since."""
        return self.up.done() and not self._doomed

    def serve(self, on_free: Callable[[], None]) -> None:
        """From now on `on_free` is called whenever the reader can be asked: once it is up, and after each reply."""
        self._on_free = on_free
        if self.ready:
            on_free()

    async def ask(self, message: bytes, *, seconds: float) -> Answer:
        """The answer to a packed question, only while the reader is free.

        Who is cancelled here leaves behind a reader that becomes free again soon, or goes.

        Raises:
            CoopgraphError: whatever the process tells, "deadline", "memory", "too-deep" or "reader-lost".
            NotAskedError: it had ended already.
        """
        self._send(message)
        asker: asyncio.Future[Answer] = self._loop.create_future()
        self._asker = asker
        self._timer = self._loop.call_later(min(seconds, SLOW_SECONDS), self._slow, seconds)
        try:
            return await asker
        except asyncio.CancelledError:
            if self._asker is asker:
                self._asker = None
                self._timer.cancel()
                self._timer = self._loop.call_later(GRACE_SECONDS, self.kill)
            raise

    def stop(self, error: CoopgraphError) -> None:
        """End the process at once; who is asking it gets this error."""
        self.kill()
        self._fail(error)

    def kill(self) -> None:
        """End the process at once, whatever it does; who is asking it gets "reader-lost"."""
        self._doomed = True
        # Giving its memory back is work that the next query may have to wait for.
        self._back_to_speed()
        self._process.kill()

    def _slow(self, seconds: float) -> None:
        """Let the processor be for others first; with what remains of the time."""
        if seconds <= SLOW_SECONDS:
            self._too_late(seconds)
            return
        self._timer = self._loop.call_later(seconds - SLOW_SECONDS, self._too_late, seconds)
        with contextlib.suppress(OSError):
            self._priority = os.getpriority(os.PRIO_PROCESS, self.pid)
            os.setpriority(os.PRIO_PROCESS, self.pid, self._priority + _STEP_BACK)

    def _back_to_speed(self) -> bool:
        """After a slow query; not every system gives a priority back."""
        if self._priority is None:
            return True
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, self._priority)
        except OSError:
            return False
        self._priority = None
        return True

    def _too_late(self, seconds: float) -> None:
        self.stop(
            CoopgraphError(
                "deadline",
                f"The query was stopped after {seconds:g} seconds, the limit query_seconds.",
                remedy="Ask for less, or raise the limit.",
                limit="query_seconds",
            )
        )

    def _send(self, message: bytes) -> None:
        try:
            sent = self._socket.send(message)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            raise NotAskedError from error
        if sent < len(message):
            self._unsent = memoryview(message)[sent:]
            self._loop.add_writer(self._socket.fileno(), self._writable)

    def _writable(self) -> None:
        try:
            self._unsent = self._unsent[self._socket.send(self._unsent) :]
        except BlockingIOError:
            return
        except OSError:
            self._unsent = memoryview(b"")
        if not self._unsent:
            self._loop.remove_writer(self._socket.fileno())

    def _readable(self) -> None:
        try:
            data, ancillary, _, _ = self._socket.recvmsg(_PART, _ROOM_FOR_ONE_FILE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data, ancillary = b"", []
        for _, _, descriptor in ancillary:
            self._file = int.from_bytes(descriptor[:4], sys.byteorder)
        if not data:
            self._ended()
            return
        self._collect(data)

    def _collect(self, data: bytes | bytearray) -> None:
        """Take the next part of a reply; most replies come in one part."""
        if self._received:
            self._received += data
            data = self._received
        head = reply_head(data)
        if head is None or len(data) < head.length:
            if not self._received:
                self._received += data
            if head is not None and head.kind is Kind.ANSWER and head.size > self._limits.inline:
                # A process that has gone astray must not make its parent collect more than an answer can be.
                self.kill()
            return
        self._received = bytearray()
        self._complete(head, bytes(data))

    def _complete(self, head: Head, data: bytes) -> None:
        self._timer.cancel()
        asker, self._asker = self._asker, None
        file, self._file = self._file, None
        media_type, content = data[REPLY.size : head.media_type_end].decode(), data[head.media_type_end :]
        spooled = None if file is None else Spooled(file, head.size)
        if head.kind is Kind.READY:
            self.up.set_result(None)
            if content:
                _log.debug("%s", content.decode())
        elif head.kind is Kind.ERROR:
            error = unpack_error(content)
            if error.code in _SPOILT:
                self.kill()
            if asker is not None and not asker.done():
                asker.set_exception(error)
        elif asker is not None and not asker.done():
            asker.set_result(Answer(media_type, head.rows, head.size, content if spooled is None else spooled))
        if not self._back_to_speed():
            # A new process has the usual priority.
            self.kill()
        if not self._doomed and self._on_free is not None:
            self._on_free()

    def _fail(self, error: CoopgraphError) -> None:
        asker, self._asker = self._asker, None
        if asker is not None and not asker.done():
            asker.set_exception(error)

    def _ended(self) -> None:
        """The connection is closed; the process is about to be gone."""
        self._doomed = True
        self._timer.cancel()
        descriptor = self._socket.fileno()
        self._loop.remove_reader(descriptor)
        if self._unsent:
            self._loop.remove_writer(descriptor)
        self._socket.close()
        if self._file is not None:
            os.close(self._file)
            self._file = None
        self._timer = self._loop.call_later(START_SECONDS, self.kill)
        self._reap()

    def _reap(self) -> None:
        status = self._process.poll()
        if status is None:
            self._loop.call_later(_REAP_SECONDS, self._reap)
            return
        self._timer.cancel()
        self._fail(self._why(status))
        if not self.gone.done():
            self.gone.set_result(None)

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
