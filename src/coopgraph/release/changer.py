"""The process that carries out changes, as the service sees it: one change at a time, each within its limits."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING, Final, cast

from coopgraph.errors import CoopgraphError
from coopgraph.release.change import ANY
from coopgraph.release.change_wire import pack_request, reply_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coopgraph.release.change import Changed, Guard
    from coopgraph.release.edit import Edit

_CLOSE_SECONDS: Final = 5.0


class Changer:
    """Carries out changes of one data directory, for any number of threads; they take turns.

    `seconds` bounds a change from the moment it begins, and also the wait for a turn; `memory` the data of the process
    in bytes; at most `waiting` callers wait at once; `keep` is how many releases stay, 0 for all. The process is
    started when it is first needed, and anew when it was lost.
    """

    def __init__(self, directory: Path, *, seconds: float, memory: int, waiting: int, keep: int) -> None:
        self._directory: Final = directory
        self._seconds: Final = seconds
        self._memory: Final = memory
        self._keep: Final = keep
        self._places: Final = threading.BoundedSemaphore(waiting + 1)
        self._waiting: Final = waiting
        self._turn: Final = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def run(self, edit: Edit, guard: Guard = ANY) -> Changed:
        """What came of the edit; see `change`.

        Raises:
            CoopgraphError: what `change` raises; "deadline", "memory", "too-deep" or "reader-lost" if the process was
                ended by its limits or lost, "busy" if too many are waiting or waited too long. In all these cases
                nothing has changed, but for "reader-lost", when nobody can tell.
        """
        with self._my_turn():
            process = self._started()
            expired = threading.Event()
            timer = threading.Timer(self._seconds, _expire, (process, expired))
            timer.start()
            try:
                line = _exchange(process, pack_request(edit, guard))
            finally:
                timer.cancel()
                timer.join()
            if not line.endswith(b"\n"):
                raise self._lost(process, expired=expired.is_set())
            if expired.is_set():
                # It was done at the very last moment, and killed all the same.
                self._drop()
            return reply_in(line)

    def start(self) -> None:
        """Start the process now, so that the first change need not wait for it."""
        with self._my_turn():
            self._started()

    def close(self) -> None:
        """End the process; a change that runs is lost if it is not done soon."""
        self._closed = True
        if self._turn.acquire(timeout=_CLOSE_SECONDS):
            self._drop()
            self._turn.release()
        elif self._process is not None:
            self._process.kill()

    @contextlib.contextmanager
    def _my_turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            said = f"More than {self._waiting} changes are waiting, the limit changes_waiting"
            raise _busy(said, limit="changes_waiting")
        try:
            if not self._turn.acquire(timeout=self._seconds):
                said = f"The changes before took more than {self._seconds:g} seconds, the limit change_seconds"
                raise _busy(said, limit="change_seconds")
            try:
                if self._closed:
                    raise _busy("The service is being closed")
                yield
            finally:
                self._turn.release()
        finally:
            self._places.release()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._drop()
        # A new interpreter instead of a fork: this process has threads, which a fork would tear apart.
        command = [sys.executable, "-P", "-m", "coopgraph.release.change_process", str(self._directory)]
        try:
            # In a group of its own, since a terminal's interrupt could come before it has learnt to ignore one.
            self._process = subprocess.Popen(
                [*command, str(self._memory), str(self._keep)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                process_group=0,
            )
        except OSError as error:
            raise CoopgraphError("reader-lost", f"No process for changes can be started: {error}.") from error
        if not cast("IO[bytes]", self._process.stdout).readline():
            raise self._lost(self._process, expired=False)
        return self._process

    def _drop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.wait()

    def _lost(self, process: subprocess.Popen[bytes], *, expired: bool) -> CoopgraphError:
        """Why there is no answer."""
        status = process.wait(timeout=_CLOSE_SECONDS)
        self._drop()
        if expired:
            return CoopgraphError(
                "deadline",
                f"The change was stopped after {self._seconds:g} seconds, the limit change_seconds; nothing changed.",
                remedy="Change less at once, or raise the limit.",
                limit="change_seconds",
            )
        if status == -signal.SIGABRT:
            # The engine aborts when it is refused memory; nothing else makes it abort.
            return CoopgraphError(
                "memory",
                f"The change needed more than {self._memory} bytes of memory, the limit change_memory.",
                remedy="Change less at once, or raise the limit.",
                limit="change_memory",
            )
        if status == -signal.SIGSEGV:
            # Engine and parsers follow nesting on their stack, and nothing else makes them leave that.
            return CoopgraphError("too-deep", "The change is nested too deeply for the engine's stack.")
        return CoopgraphError("reader-lost", "The process for changes was lost.", remedy="Look, then try again.")


def _exchange(process: subprocess.Popen[bytes], message: bytes) -> bytes:
    requests, replies = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    try:
        requests.write(message)
        requests.flush()
    except OSError:
        # It ended meanwhile. What it said before that, if anything, is to be read all the same.
        pass
    return replies.readline()


def _expire(process: subprocess.Popen[bytes], expired: threading.Event) -> None:
    expired.set()
    process.kill()


def _busy(why: str, *, limit: str | None = None) -> CoopgraphError:
    return CoopgraphError("busy", f"{why}.", remedy="Try again in a moment.", limit=limit)
