"""Work in a process of its own, which has so much time and memory and can be killed at any moment.

The parent writes what is wanted into a workspace, the process writes what came of it, and the workspace goes.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph import settings
from coopgraph.errors import CoopgraphError
from coopgraph.store.confinement import confine, end_with_parent
from coopgraph.store.turns import closing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

REQUEST: Final = "request.json"
OUTCOME: Final = "outcome.json"

WAITING: Final = 4
"""How many may wait for a place at once."""

# Libraries that compute with several threads set memory aside for each.
_ONE_THREAD: Final = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of work: the module that does it, its name in messages, and how there would be less of it.

    `limit` is the setting that says how many run at once, `time` the one that says how long one may take. Who finds
    all places taken waits so many seconds of `patience` for one.
    """

    module: str
    name: str
    remedy: str
    limit: str
    time: str = "query_seconds"
    patience: float = 0.0


class Apart:
    """Does work of one kind, at most `at_once` at a time, each in at most `seconds` and `memory` bytes."""

    def __init__(self, kind: Kind, *, seconds: float, memory: int, at_once: int) -> None:
        self._kind = kind
        self._seconds = seconds
        self._memory = memory
        self._at_once = at_once
        self._slots = threading.BoundedSemaphore(at_once)
        self._queue = threading.BoundedSemaphore(WAITING)
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """An empty directory for one piece of work, and a place among those that run.

        Raises:
            CoopgraphError: "busy" if as much runs as may, or when it is closed.
        """
        if not self._placed():
            raise CoopgraphError(
                "busy",
                f"{self._at_once} {self._kind.name}s are running, the limit {self._kind.limit}.",
                remedy="Try again in a moment.",
                limit=self._kind.limit,
            )
        try:
            if self._closed:
                raise closing()
            with tempfile.TemporaryDirectory(prefix="coopgraph-") as workspace:
                yield Path(workspace)
        finally:
            self._slots.release()

    def _placed(self) -> bool:
        """Whether a place has been taken: at once, or after some patience by one of the few who may wait."""
        if self._slots.acquire(blocking=False):
            return True
        if not self._kind.patience or not self._queue.acquire(blocking=False):
            return False
        try:
            return self._slots.acquire(timeout=self._kind.patience)
        finally:
            self._queue.release()

    def run(self, workspace: Path, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Have the work done; what it tells comes back, files that it wrote are in the workspace.

        Raises:
            CoopgraphError: "deadline", "memory", "too-deep" or "reader-lost", "busy" if it is closed meanwhile, or what
                the work raised.
        """
        (workspace / REQUEST).write_text(json.dumps(request), encoding="utf-8")
        command = [sys.executable, "-P", "-m", self._kind.module, str(workspace), str(self._memory)]
        # What libraries write on the way goes into the workspace too, and with it when the process is killed.
        environment = settings.surroundings() | _ONE_THREAD | {"TMPDIR": str(workspace)}
        # In a group of its own, since a terminal's interrupt could come before it has learnt to ignore one.
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            process_group=0,
        ) as process:
            try:
                self._started(process)
                status = process.wait(self._seconds)
            except subprocess.TimeoutExpired as error:
                raise CoopgraphError(
                    "deadline",
                    f"The {self._kind.name} was stopped after {self._seconds:g} seconds, the limit {self._kind.time}.",
                    remedy=self._kind.remedy,
                    limit=self._kind.time,
                ) from error
            finally:
                process.kill()
                with self._lock:
                    self._running.discard(process)
        if self._closed and status == -signal.SIGKILL:
            raise closing()
        return self._outcome(workspace, status)

    def close(self) -> None:
        """End what runs, and begin nothing any more: who waits for it is told so."""
        with self._lock:
            self._closed = True
            for process in self._running:
                process.kill()

    def _started(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._running.add(process)
            if self._closed:
                process.kill()

    def _outcome(self, workspace: Path, status: int) -> Mapping[str, Any]:
        if status == -signal.SIGSEGV:
            raise CoopgraphError("too-deep", "The data are nested too deeply to be read.")
        try:
            told: dict[str, Any] = json.loads((workspace / OUTCOME).read_bytes())
        except (OSError, ValueError) as error:
            if status == -signal.SIGABRT:
                raise CoopgraphError(
                    "memory",
                    f"The {self._kind.name} needed more than {self._memory} bytes of memory, the limit query_memory.",
                    remedy=self._kind.remedy,
                    limit="query_memory",
                ) from error
            raise CoopgraphError("reader-lost", f"The {self._kind.name} ended with status {status}.") from error
        if "error" in told:
            raise CoopgraphError(**told["error"])
        return told


def serve(arguments: Sequence[str], work: Callable[[Path, Mapping[str, Any]], Mapping[str, Any]]) -> None:
    """Be the process: confine it, do the work that the workspace asks for, and leave the outcome there.

    `arguments` are the workspace and the memory in bytes.
    """
    workspace = Path(arguments[0])
    confine(int(arguments[1]))
    # The parent holds the other end of standard input as long as it wants the outcome.
    threading.Thread(target=end_with_parent, args=(0,), daemon=True).start()
    request = json.loads((workspace / REQUEST).read_bytes())
    try:
        told = work(workspace, request)
    except CoopgraphError as error:
        told = {"error": error.as_arguments()}
    except MemoryError:
        said = f"This needs more than {arguments[1]} bytes of memory, the limit query_memory."
        refused = CoopgraphError("memory", said, limit="query_memory")
        told = {"error": refused.as_arguments()}
    (workspace / OUTCOME).write_text(json.dumps(told), encoding="utf-8")
