"""What the service writes about itself: lines for programs or, on a terminal, for people.

Of a request nothing is written but its path and method: no query, no token, no header.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pythonjsonlogger.json import JsonFormatter

if TYPE_CHECKING:
    from typing import TextIO

_PAUSE_SECONDS: Final = 0.1
_MOST: Final = 20_000
"""So many lines wait for a slow reader of the journal; what comes then is counted and not written."""

_PATH_LENGTH: Final = 500


@dataclass(slots=True)
class Entry:
    """A request that has been answered, as the journal and the measures see it; times in seconds, sizes in bytes."""

    id: str
    client: str
    method: str
    path: str
    status: int
    seconds: float
    release: int | None
    outcome: str
    size: int


class Journal:
    """Writes lines in a thread of its own, many together: nobody who answers waits for whoever reads the journal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._for_people = stream.isatty()
        self._lines: deque[str] = deque()
        self._there_are = threading.Event()
        self._ending = threading.Event()
        self._dropped = 0
        self._writer = threading.Thread(target=self._work, name="journal", daemon=True)
        self._writer.start()

    @property
    def for_people(self) -> bool:
        """Whether somebody reads it on a terminal."""
        return self._for_people

    def record(self, entry: Entry) -> None:
        """Write the line of a request, soon."""
        self.write(_for_people(entry) if self._for_people else _for_programs(entry))

    def write(self, line: str) -> None:
        """Write the line, which ends in a line feed, soon; from any thread."""
        if len(self._lines) >= _MOST:
            self._dropped += 1
            return
        self._lines.append(line)
        if not self._there_are.is_set():
            self._there_are.set()

    def close(self, seconds: float = 1.0) -> None:
        """Write what is left, if somebody takes it within this time."""
        self._ending.set()
        self._there_are.set()
        self._writer.join(seconds)

    def _work(self) -> None:
        ending = False
        while not ending:
            self._there_are.wait()
            ending = self._ending.wait(_PAUSE_SECONDS)
            self._there_are.clear()
            try:
                self._write_all()
            except (OSError, ValueError):
                # Nobody can read it any more, which is no reason to stop answering.
                self._lines.clear()

    def _write_all(self) -> None:
        lines = []
        while self._lines:
            lines.append(self._lines.popleft())
        dropped, self._dropped = self._dropped, 0
        if dropped:
            lines.append(f'{{"level": "WARNING", "message": "{dropped} lines were dropped"}}\n')
        self._stream.write("".join(lines))
        self._stream.flush()


class Messages(logging.Handler):
    """Hands the messages of all modules to a journal."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        if not journal.for_people:
            names = {"levelname": "level", "name": "logger"}
            self.setFormatter(
                JsonFormatter("%(levelname)s %(name)s %(message)s", rename_fields=names, timestamp="time")
            )

    def emit(self, record: logging.LogRecord) -> None:
        """Write the message."""
        try:
            self._journal.write(self.format(record) + "\n")
        except Exception:
            self.handleError(record)


def _for_programs(entry: Entry) -> str:
    release = "null" if entry.release is None else entry.release
    return (
        f'{{"time": "{datetime.now(UTC).isoformat()}", "level": "INFO", "logger": "coopgraph.request", '
        f'"message": "{entry.method} {entry.status}", "id": "{entry.id}", "client": {_quoted(entry.client)}, '
        f'"method": "{entry.method}", "path": {_quoted(entry.path)}, "status": {entry.status}, '
        f'"seconds": {entry.seconds:.6f}, "release": {release}, "outcome": "{entry.outcome}", "bytes": {entry.size}}}\n'
    )


def _for_people(entry: Entry) -> str:
    clock = time.strftime("%H:%M:%S")
    shown = "" if entry.outcome == "answered" else f" {entry.outcome}"
    return (
        f"{clock} {entry.status} {entry.method:7} {_quoted(entry.path)[1:-1]}"
        f" {entry.seconds * 1000:.1f} ms {entry.size} B{shown} {entry.id}\n"
    )


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    """The text as a JSON string, shortened; a line stays a line, whatever the text holds."""
    return json.dumps(text if len(text) <= _PATH_LENGTH else f"{text[:_PATH_LENGTH]}…")
