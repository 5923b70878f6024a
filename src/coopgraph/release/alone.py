"""One writer at a time in a directory; one that fails leaves nothing there that was not there before."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK: Final = "lock"
"""The file that the only writer holds."""

_TRIES: Final = 100


@contextlib.contextmanager
def alone(directory: Path, wait: float) -> Iterator[None]:
    """Be the only writer in a directory, which is made if it is missing; `wait` is in seconds.

    If what happens in the context fails, the lock and the directories that were made for it go again, unless they
    hold something.

    Raises:
        CoopgraphError: "busy" if another one is still writing after `wait`.
        OSError: if the directory cannot be made or written to.
    """
    made = [path for path in (directory, *directory.parents) if not path.exists()]
    fresh = not (directory / LOCK).exists()
    with _locked(directory, wait):
        try:
            yield
        except BaseException:
            if fresh:
                _clear(directory, made)
            raise


def _locked(directory: Path, wait: float) -> contextlib.AbstractContextManager[object]:
    for tries in range(_TRIES):
        try:
            directory.mkdir(parents=True, exist_ok=True)
            return FileLock(directory / LOCK).acquire(timeout=wait)
        except Timeout as error:
            detail = f"Somebody else is writing in {directory}; waited {wait:g} seconds."
            raise CoopgraphError("busy", detail, remedy="Try again when it is done.") from error
        except FileNotFoundError:
            # A writer has failed just now, and has taken away the directory that it had made.
            if tries == _TRIES - 1:
                raise
    raise AssertionError("the last try returns or raises")


def _clear(directory: Path, made: list[Path]) -> None:
    """Remove the lock if nothing else is there, and then the directories, the innermost first."""
    with contextlib.suppress(OSError):
        if [path.name for path in directory.iterdir()] == [LOCK]:
            # Who waits for this lock sees that its file has gone, and makes another one.
            (directory / LOCK).unlink()
            for path in made:
                path.rmdir()
