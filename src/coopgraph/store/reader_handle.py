"""One reader process as its parent sees it: ask with a deadline, kill."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from typing import IO, TYPE_CHECKING, Any, Final, cast

from coopgraph.errors import CoopgraphError
from coopgraph.store.question import LENGTH, Answer, error_from, pack, question_header

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.store.question import Question

START_SECONDS: Final = 30.0
_PART: Final = 1 << 20


class ReaderProcess:
    """A process of its own that reads one sealed store; not thread-safe.

    Its errors "deadline", "memory", "too-deep" and "reader-lost" leave it useless: it must be killed and replaced.
    """

    def __init__(self, directory: Path, *, memory: int, rows: int, size: int) -> None:
        # A new interpreter instead of a fork: the parent may have threads, which a fork would tear apart.
        command = [sys.executable, "-P", "-m", "coopgraph.store.reader_process", str(directory)]
        self._process = subprocess.Popen(
            [*command, str(memory), str(rows), str(size)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._pipes = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        self._requests, self._replies = (pipe.fileno() for pipe in self._pipes)
        os.set_blocking(self._requests, False)
        self._memory = memory
        self._ready = False

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def wait_ready(self) -> None:
        """Wait until the store is open.

        Raises:
            CoopgraphError: "damaged" if it cannot be opened, "reader-lost" if the process does not come up.
        """
        if self._ready:
            return
        end = time.monotonic() + START_SECONDS
        try:
            header = self._header(end)
        except TimeoutError as error:
            raise self._lost(f"did not start within {START_SECONDS:g} seconds") from error
        if "error" in header:
            raise error_from(header)
        self._ready = True

    def ask(self, question: Question, *, seconds: float) -> Answer:
        """The answer; the time for it begins when the store is open.

        Raises:
            CoopgraphError: whatever the process reports, "deadline", "memory", "too-deep" or "reader-lost".
        """
        self.wait_ready()
        end = time.monotonic() + seconds
        try:
            self._send(pack(question_header(question)), end)
            header = self._header(end)
            if "error" in header:
                raise error_from(header)
            body = self._receive(header["length"], end)
        except TimeoutError as error:
            raise CoopgraphError(
                "deadline",
                f"The query was stopped after {seconds:g} seconds, the limit query_seconds.",
                remedy="Ask for less, or raise the limit.",
                limit="query_seconds",
            ) from error
        return Answer(header["media_type"], body, header["rows"])

    def kill(self) -> None:
        """End the process at once, whatever it does; from any thread. Who is asking it gets "reader-lost"."""
        self._process.kill()

    def close(self) -> None:
        """Close the pipes of a killed process; not while somebody is asking it."""
        for pipe in self._pipes:
            pipe.close()

    def wait(self) -> None:
        """Wait until a killed process is gone."""
        self._process.wait()

    def _header(self, end: float) -> dict[str, Any]:
        (length,) = LENGTH.unpack(self._receive(LENGTH.size, end))
        header: dict[str, Any] = json.loads(self._receive(length, end).decode("utf-8", "surrogatepass"))
        return header

    def _send(self, message: bytes, end: float) -> None:
        view = memoryview(message)
        while view:
            self._await(self._requests, select.POLLOUT, end)
            try:
                view = view[os.write(self._requests, view[:_PART]) :]
            except BrokenPipeError as error:
                raise self._ended() from error

    def _receive(self, length: int, end: float) -> bytes:
        parts = []
        while length:
            self._await(self._replies, select.POLLIN, end)
            part = os.read(self._replies, min(length, _PART))
            if not part:
                raise self._ended()
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def _await(self, descriptor: int, event: int, end: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        remaining = end - time.monotonic()
        if remaining <= 0 or not poll.poll(remaining * 1000):
            raise TimeoutError

    def _ended(self) -> CoopgraphError:
        """Why the process went, when its pipe is closed."""
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return self._lost("closed its pipe")
        if status == -signal.SIGABRT:
            # The engine aborts when it is refused memory; nothing else makes it abort.
            return CoopgraphError(
                "memory",
                f"The query needed more than {self._memory} bytes of memory, the limit query_memory.",
                remedy="Ask for less: ORDER BY, DISTINCT and GROUP BY hold their rows in memory.",
                limit="query_memory",
            )
        if self._ready and status == -signal.SIGSEGV:
            # The engine follows the nesting of a query on its stack, and nothing else makes it leave that.
            return CoopgraphError(
                "too-deep",
                "The query is nested too deeply, or chains too many parts, for the engine's stack.",
                remedy="Ask a simpler query; put long lists of values into VALUES.",
            )
        return self._lost(f"ended with signal {-status}" if status < 0 else f"ended with status {status}")

    def _lost(self, how: str) -> CoopgraphError:
        return CoopgraphError("reader-lost", f"The reader process {how}.", remedy="Try again.")
