"""Data that anybody hands over, judged by the shapes in a process of its own, which can be killed at any time."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from coopgraph import settings
from coopgraph.errors import CoopgraphError

REQUEST: Final = "request.json"
DATA: Final = "data"
REPORT: Final = "report"
OUTCOME: Final = "outcome.json"


@dataclass(frozen=True, slots=True)
class Posted:
    """RDF that somebody posted, and how its report is wanted: in an RDF format, or with `application/json` as JSON.

    `document` is the IRI that its relative IRIs are relative to, `base` the base of the IRIs in it that are ours.
    With `release`, the N-Quads file of a release in the default base, both are judged together.
    """

    content: bytes
    media_type: str
    document: str
    base: str
    report: str
    release: Path | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The report, and the number of findings by severity."""

    report: bytes
    conforms: bool
    violations: int
    warnings: int
    infos: int


class Validations:
    """At most `at_once` validations, each of at most `seconds`, `memory` bytes and a report of `size` bytes."""

    def __init__(self, *, seconds: float, memory: int, size: int, at_once: int) -> None:
        self._seconds = seconds
        self._memory = memory
        self._size = size
        self._slots = threading.BoundedSemaphore(at_once)

    def run(self, posted: Posted) -> Judged:
        """What the shapes say of the data: those of the release it is judged with, else the shipped ones.

        Raises:
            CoopgraphError: "syntax", with line and column, "media-type", "too-large", "too-deep", "deadline", "memory",
                or "busy" if as many validations run as may.
        """
        if not self._slots.acquire(blocking=False):
            raise CoopgraphError(
                "busy",
                "As many validations are running as may run at once.",
                remedy="Try again in a moment.",
                limit="validations",
            )
        try:
            with tempfile.TemporaryDirectory(prefix="coopgraph-") as workspace:
                return self._run(Path(workspace), posted)
        finally:
            self._slots.release()

    def _run(self, workspace: Path, posted: Posted) -> Judged:
        told = {name: value for name, value in asdict(posted).items() if name != "content"}
        told["release"] = None if posted.release is None else str(posted.release)
        (workspace / REQUEST).write_text(json.dumps(told | {"size": self._size}), encoding="utf-8")
        (workspace / DATA).write_bytes(posted.content)
        command = [sys.executable, "-P", "-m", "coopgraph.release.validation_process", str(workspace)]
        # What the engine writes on the way goes into the workspace too, and with it when the process is killed.
        environment = settings.surroundings() | {"TMPDIR": str(workspace)}
        with subprocess.Popen(
            [*command, str(self._memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
        ) as process:
            try:
                status = process.wait(self._seconds)
            except subprocess.TimeoutExpired as error:
                raise CoopgraphError(
                    "deadline",
                    f"The validation was stopped after {self._seconds:g} seconds, the limit query_seconds.",
                    remedy="Send less, or validate with the command coopgraph validate.",
                    limit="query_seconds",
                ) from error
            finally:
                process.kill()
        return self._outcome(workspace, status)

    def _outcome(self, workspace: Path, status: int) -> Judged:
        if status == -signal.SIGSEGV:
            raise CoopgraphError("too-deep", "The data are nested too deeply to be read.")
        try:
            told = json.loads((workspace / OUTCOME).read_bytes())
            report = b"" if "error" in told else (workspace / REPORT).read_bytes()
        except (OSError, ValueError) as error:
            if status == -signal.SIGABRT:
                raise CoopgraphError(
                    "memory",
                    f"The validation needed more than {self._memory} bytes of memory, the limit query_memory.",
                    remedy="Send less.",
                    limit="query_memory",
                ) from error
            raise CoopgraphError("reader-lost", f"The validation ended with status {status}.") from error
        if "error" in told:
            raise CoopgraphError(**told["error"])
        return Judged(report=report, **told)
