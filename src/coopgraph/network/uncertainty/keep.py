"""Where finished runs are put, so that work that was stopped goes on where it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coopgraph.network.arrays import Indices

# Work that was stopped and never taken up again is put away when more recent work is done.
_UNFINISHED: Final = 4
_LOCK: Final = "lock"


class Keep:
    """A directory with one directory for each piece of work, named after its fingerprint."""

    def __init__(self, directory: Path) -> None:
        self._directory: Final = directory
        self._used: Final[set[str]] = set()

    def finished(self, fingerprint: str) -> Finished:
        """The finished runs of a piece of work."""
        self._used.add(fingerprint)
        place = self._directory / fingerprint
        place.mkdir(parents=True, exist_ok=True)
        os.utime(place)
        return Finished(place)

    def clear(self) -> None:
        """Put away what this work has used, and what was stopped longest ago."""
        for name in self._used:
            shutil.rmtree(self._directory / name, ignore_errors=True)
        left = sorted(
            (each for each in self._directory.iterdir() if each.is_dir()), key=lambda each: each.stat().st_mtime
        )
        for each in left[:-_UNFINISHED]:
            shutil.rmtree(each, ignore_errors=True)


class Finished:
    """One file for each finished run, `NUMBER-CHECKSUM.npy`; a file is whole or not there."""

    def __init__(self, directory: Path) -> None:
        self.directory: Final = directory

    def put(self, number: int, ranks: Indices) -> None:
        """Keep the ranks of a run."""
        final = self.directory / f"{number:06}-{_checksum(ranks):08x}.npy"
        handle, name = tempfile.mkstemp(dir=self.directory, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            np.save(file, ranks, allow_pickle=False)
        Path(name).replace(final)

    def tidy(self) -> None:
        """Remove what whoever was ended in the middle of it has begun to write."""
        for part in self.directory.glob("*.part"):
            part.unlink(missing_ok=True)

    def numbers(self) -> frozenset[int]:
        """The runs that are finished; a file that does not hold what its name says is removed."""
        found = set()
        for number, file in self._files().items():
            try:
                whole = _checksum(np.load(file, allow_pickle=False)) == int(file.stem.partition("-")[2], 16)
            except (ValueError, EOFError, OSError):
                whole = False
            if whole:
                found.add(number)
            else:
                file.unlink(missing_ok=True)
        return frozenset(found)

    def ranks(self, numbers: Sequence[int]) -> Ranks:
        """The ranks of these runs, which are finished."""
        files = self._files()
        return Ranks(tuple(files[number] for number in numbers))

    def _files(self) -> dict[int, Path]:
        return {int(file.stem.partition("-")[0]): file for file in sorted(self.directory.glob("??????-????????.npy"))}


@dataclass(frozen=True, slots=True)
class Ranks:
    """The ranks of runs, in order; a file is read where it is looked at, and open no longer than that.

    Runs are more than the files that a process may have open.
    """

    files: tuple[Path, ...]

    def __len__(self) -> int:
        return len(self.files)

    def __iter__(self) -> Iterator[Indices]:
        return (np.load(file, mmap_mode="r", allow_pickle=False) for file in self.files)


@contextlib.contextmanager
def keeping(directory: Path | None = None) -> Iterator[Keep]:
    """Keep finished runs in the directory until everything in the context is done; then they are put away.

    If the context ends by an error or an interrupt they stay. One piece of work at a time uses a directory: if another
    one does, or it cannot be written to, or none is given, a temporary one takes its place.
    """
    with contextlib.ExitStack() as stack:
        place = None if directory is None else _claimed(directory, stack)
        if place is None:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="coopgraph-")))
        keep = Keep(place)
        yield keep
        keep.clear()


def _claimed(directory: Path, stack: contextlib.ExitStack) -> Path | None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        stack.enter_context(FileLock(directory / _LOCK, timeout=0))
    except (Timeout, OSError):
        return None
    return directory


def _checksum(ranks: Indices) -> int:
    return zlib.crc32(np.ascontiguousarray(ranks).tobytes())
