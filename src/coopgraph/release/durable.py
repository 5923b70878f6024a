"""Files and directories that survive a power cut, and failures of the disk told in our words."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

Identity: TypeAlias = tuple[int, int, int, int]

_AT_ONCE: Final = 8
_FULL: Final = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextlib.contextmanager
def storage(directory: Path, *, otherwise: str = "name another directory with --data") -> Iterator[None]:
    """Tells any failure of the file system inside as a CoopgraphError "storage" with a remedy.

    `otherwise` is what its reader can do instead of mending the directory.
    """
    try:
        yield
    except OSError as error:
        # The engine names no file; what else fails here may also be a source that cannot be read.
        place = error.filename or directory
        detail = f"Nothing was changed: {place} cannot be used: {error.strerror or error}."
        raise CoopgraphError("storage", detail, remedy=_remedy(error, directory, otherwise)) from error


def write(path: Path, text: str) -> None:
    """Write a new file and wait until it is on the disk."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, content: bytes) -> None:
    """Give a file this content in one step: at any moment it is the old one or, whole, the new one.

    Raises:
        OSError: if it cannot be written; then nothing has changed.
    """
    if path.exists() and not path.is_file():
        # A pipe or a terminal is written to; there is nothing in it that could be replaced.
        path.write_bytes(content)
        return
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            temporary = Path(stream.name)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise


def sync(path: Path) -> None:
    """Wait until a file, or a directory's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(directory: Path, *, known: Collection[Identity] = ()) -> None:
    """Wait until a directory with all that is in it is on the disk; files that are `known` are there already."""
    paths = [path for path in directory.rglob("*") if path.is_dir() or identity(path) not in known]
    # The disk writes all at once what is asked of it at once.
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for _ in pool.map(sync, [*paths, directory]):
            pass


def point(link: Path, target: str) -> None:
    """Make `link` a symbolic link to `target` in one step: at any moment it is the old one or the new one."""
    temporary = link.with_name(f".{link.name}-{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)
    sync(link.parent)


def digests(
    directory: Path,
    *,
    below: Path,
    without: Collection[Path] = (),
    known: Mapping[Identity, str] | None = None,
) -> dict[str, str]:
    """SHA-256 (hex) of each file in `directory`, some left out, by its path relative to `below`.

    A file of which the digest is `known` is not read again.
    """
    found = {}
    for path in sorted(path for path in directory.rglob("*") if path.is_file() and path not in without):
        digest = (known or {}).get(identity(path))
        if digest is None:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        found[path.relative_to(below).as_posix()] = digest
    return found


def identity(path: Path) -> Identity:
    """What all names of one file have in common, and what changes when somebody writes to it."""
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _remedy(error: OSError, directory: Path, otherwise: str) -> str:
    # The store engine reports a full disk in words, without an error number.
    if error.errno in _FULL or "No space left" in str(error) or "File too large" in str(error):
        return f"Make room on the disk of {directory}, or remove old releases with `coopgraph release prune`."
    if error.errno in _REFUSED:
        return f"Give this user the right to write in {directory}, or {otherwise}."
    return f"Check the disk of {directory}, or {otherwise}."
