"""A pool of reader processes, for any number of threads: each query is bounded, and can be stopped by killing."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Final, Self

from coopgraph.errors import CoopgraphError
from coopgraph.store.question import Answer, Question
from coopgraph.store.reader_handle import ReaderProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

__all__ = ["Answer", "Question", "ReaderPool"]

WAITING: Final = 64
_CLOSE_SECONDS: Final = 5.0
# After these errors the process is gone, or in a state that nobody should rely on.
_FATAL: Final = frozenset({"deadline", "memory", "too-deep", "reader-lost", "damaged", "internal"})


class ReaderPool:
    """`size` processes that read one sealed store, each answering one question at a time.

    `seconds` bounds a query from the moment a reader begins with it, and also the wait for a free reader; `memory`
    bounds the data of a process in bytes (on systems that know this limit), `rows` and `size_limit` the rows or
    triples and the bytes of an answer. At most `waiting` callers wait at once.

    Raises:
        CoopgraphError: "damaged" if the directory holds no sealed store, "reader-lost" if no process can be started.
    """

    def __init__(
        self,
        directory: Path,
        *,
        size: int,
        seconds: float,
        memory: int,
        rows: int,
        size_limit: int,
        waiting: int = WAITING,
    ) -> None:
        self.directory: Final = directory
        self._seconds = seconds
        self._limits = {"memory": memory, "rows": rows, "size": size_limit}
        self._most_waiting = waiting
        self._changed = threading.Condition()
        self._waiting = 0
        self._closed = False
        # None stands for a process that is still to be started: the last attempt failed.
        self._idle: list[ReaderProcess | None] = []
        self._running: set[ReaderProcess] = set()
        self._killed: list[ReaderProcess] = []
        try:
            for _ in range(size):
                self._idle.append(self._start())
            for reader in self._idle:
                if reader is not None:
                    reader.wait_ready()
        except BaseException:
            self.close()
            raise

    def run(self, question: Question) -> Answer:
        """The whole answer.

        Raises:
            CoopgraphError: "syntax", "too-deep", "not-acceptable", "deadline", "memory", "too-large", "reader-lost", or
                "busy" if too many are waiting or no reader became free in time.
        """
        with self._reader() as reader:
            return reader.ask(question, seconds=self._seconds)

    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that answer now or could."""
        with self._changed:
            return tuple(reader.pid for reader in [*self._running, *self._idle] if reader is not None)

    def close(self) -> None:
        """End all processes; queries that run fail with "reader-lost", those that wait with "busy"."""
        with self._changed:
            self._closed = True
            for reader in self._idle:
                if reader is not None:
                    self._discard(reader)
            self._idle.clear()
            for running in self._running:
                running.kill()
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._running, timeout=_CLOSE_SECONDS)
            killed, self._killed = self._killed, []
        for reader in killed:
            reader.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def _reader(self) -> Iterator[ReaderProcess]:
        slot = self._take()
        try:
            if slot is None or not slot.alive:
                slot = self._renewed(slot)
            yield slot
        except BaseException as error:
            # Whatever is no plain refusal may have left half an answer in the pipe.
            if slot is not None and not (isinstance(error, CoopgraphError) and error.code not in _FATAL):
                try:
                    slot = self._renewed(slot)
                except CoopgraphError:
                    slot = None
            raise
        finally:
            self._give_back(slot)

    def _take(self) -> ReaderProcess | None:
        with self._changed:
            if not self._idle and not self._closed:
                if self._waiting >= self._most_waiting:
                    raise _busy(f"{self._waiting} queries are waiting already")
                self._waiting += 1
                try:
                    self._changed.wait_for(lambda: self._idle or self._closed, timeout=self._seconds)
                finally:
                    self._waiting -= 1
            if self._closed:
                raise _busy("The readers are being closed")
            if not self._idle:
                raise _busy(f"No reader became free within {self._seconds:g} seconds")
            slot = self._idle.pop()
            if slot is not None:
                self._running.add(slot)
            return slot

    def _give_back(self, slot: ReaderProcess | None) -> None:
        with self._changed:
            if slot is not None:
                self._running.discard(slot)
            if not self._closed:
                self._idle.append(slot)
            elif slot is not None:
                self._discard(slot)
            self._changed.notify_all()

    def _renewed(self, lost: ReaderProcess | None) -> ReaderProcess:
        with self._changed:
            if lost is not None:
                self._running.discard(lost)
                self._discard(lost)
            if self._closed:
                raise _busy("The readers are being closed")
            reader = self._start()
            self._running.add(reader)
            return reader

    def _start(self) -> ReaderProcess:
        try:
            return ReaderProcess(self.directory, **self._limits)
        except OSError as error:
            raise CoopgraphError("reader-lost", f"No reader process can be started: {error}.") from error

    def _discard(self, reader: ReaderProcess) -> None:
        reader.kill()
        reader.close()
        # A process with much memory takes a while to go; nobody should wait for that.
        self._killed = [killed for killed in [*self._killed, reader] if killed.alive]


def _busy(why: str) -> CoopgraphError:
    return CoopgraphError("busy", f"{why}.", remedy="Try again in a moment.")
