"""What is shown on a terminal while something takes longer than a second."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE_SECONDS: Final = 1.0


@contextlib.contextmanager
def bar(what: str) -> Iterator[None]:
    """A moving bar on standard error while the context lasts, if that is a terminal and a second has gone by."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    columns = TextColumn("{task.description}"), BarColumn(pulse_style="cyan"), TimeElapsedColumn()
    progress = Progress(*columns, console=console, transient=True)
    progress.add_task(what, total=None)
    timer = threading.Timer(_PATIENCE_SECONDS, progress.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        progress.stop()
