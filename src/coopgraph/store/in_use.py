"""Which sealed stores are being read: a mark that no crash leaves behind, for all processes of a machine."""

from __future__ import annotations

import contextlib
import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def mark(directory: Path) -> int:
    """Mark the directory as read until `unmark`, or until this process ends; any number may do so at once.

    Raises:
        OSError: if there is no such directory.
    """
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    # Some file systems have no locks; whoever removes a release there must know what he does.
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def unmark(marked: int | None) -> None:
    """Take back a mark."""
    if marked is not None:
        os.close(marked)


@contextlib.contextmanager
def unless_read(directory: Path) -> Iterator[bool]:
    """Whether nobody reads the directory; nobody new can mark it within the context."""
    try:
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        # What cannot be opened is read by nobody.
        yield True
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    except OSError:
        yield True
    else:
        yield True
    finally:
        os.close(descriptor)
