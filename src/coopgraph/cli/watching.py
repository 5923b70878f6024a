"""A bar with an estimate for long work in known steps, on a terminal and after a second; Ctrl-C ends the work."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from coopgraph.network.progress import SILENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import TaskID

    from coopgraph.network.progress import Progress as Watching

_PATIENCE_SECONDS: Final = 1.0


class Watched:
    """Shows one piece of work after another, each with how much of it is done and how long the rest will take."""

    def __init__(self, shown: Progress) -> None:
        self._shown: Final = shown
        self._began: Final = time.monotonic()
        self._task: TaskID | None = None

    def begin(self, total: int, label: str) -> None:
        """A piece of work of so many steps begins; the one before is done."""
        self._finish()
        self._task = self._shown.add_task(label, total=total)
        self._look()

    def advance(self, steps: int = 1) -> None:
        """So many more steps are done."""
        if self._task is not None:
            self._shown.advance(self._task, steps)
        self._look()

    def _finish(self) -> None:
        if self._task is not None:
            self._shown.remove_task(self._task)

    def _look(self) -> None:
        if not self._shown.live.is_started and time.monotonic() - self._began > _PATIENCE_SECONDS:
            self._shown.start()


@contextlib.contextmanager
def watched() -> Iterator[Watching]:
    """What long work tells its steps to: a bar on standard error if that is a terminal, else nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield SILENT
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    progress = Progress(*columns, console=console, transient=True)
    try:
        yield Watched(progress)
    finally:
        progress.stop()
