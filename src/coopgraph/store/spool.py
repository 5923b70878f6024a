"""Large answers on their way out: in files that never have a name, so that nothing remains of them, whoever dies."""

from __future__ import annotations

import io
import os
import tempfile
import weakref
from typing import IO, TYPE_CHECKING, Final, Self, cast

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

PART: Final = 1 << 18


class Spooled:
    """The first `size` bytes of an open file, which is closed when nobody holds this any more."""

    def __init__(self, descriptor: int, size: int) -> None:
        self.size = size
        self._descriptor: Final = descriptor
        self._closing = weakref.finalize(self, os.close, descriptor)

    @classmethod
    def create(cls) -> Self:
        """An empty file without a name, in the system's directory for temporary files.

        Raises:
            CoopgraphError: "storage" if there can be none.
        """
        try:
            # On systems that cannot make a file without a name, it loses its name at once.
            with tempfile.TemporaryFile(buffering=0) as file:
                return cls(os.dup(file.fileno()), 0)
        except OSError as error:
            raise _no_room(error) from error

    def fileno(self) -> int:
        """The descriptor of the file, whose position may stand anywhere."""
        return self._descriptor

    def write(self, data: bytes) -> int:
        """Add the data at the end, all of it.

        Raises:
            CoopgraphError: "storage" if the disk is full.
        """
        view = memoryview(data)
        try:
            while view:
                written = os.write(self._descriptor, view)
                self.size += written
                view = view[written:]
        except OSError as error:
            raise _no_room(error) from error
        return len(data)

    def flush(self) -> None:
        """Do nothing: everything is written at once."""

    def parts(self) -> Iterator[bytes]:
        """The content in pieces; as often as wanted, and by several at once.

        Raises:
            CoopgraphError: "storage" if the file is shorter than it was.
        """
        position = 0
        while position < self.size:
            part = os.pread(self._descriptor, min(PART, self.size - position), position)
            if not part:
                raise CoopgraphError("storage", "A spooled answer cannot be read back whole.")
            yield part
            position += len(part)

    def open(self) -> IO[bytes]:
        """The content as a file to read from its beginning."""
        return cast("IO[bytes]", io.BufferedReader(_Beginning(self), PART))

    def close(self) -> None:
        """Close the file, which frees its space on the disk."""
        self._closing()


class _Beginning(io.RawIOBase):
    """Reads a spooled answer from a place of its own."""

    def __init__(self, spooled: Spooled) -> None:
        self._spooled = spooled
        self._position = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as there is something left."""
        size = min(memoryview(buffer).nbytes, self._spooled.size - self._position)
        part = os.pread(self._spooled.fileno(), size, self._position)
        memoryview(buffer)[: len(part)] = part
        self._position += len(part)
        return len(part)


def _no_room(error: OSError) -> CoopgraphError:
    return CoopgraphError(
        "storage",
        f"The answer cannot be kept in the directory for temporary files: {error.strerror}.",
        remedy="Ask for less, or make room there.",
    )
