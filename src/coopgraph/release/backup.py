"""Releases in one file, and back: taken while others read and write, and put only where there is nothing yet."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from coopgraph.errors import CoopgraphError
from coopgraph.release import durable
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify
from coopgraph.store import in_use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coopgraph.release.manifest import Manifest

CHECKSUMS: Final = "checksums.sha256"
"""The member with the digest of each file, as `sha256sum -c` reads it."""

_CURRENT: Final = "current"
_MEMBER: Final = re.compile(r"releases/[0-9]{6}/(?:[a-z]+\.[a-z]+|store/[A-Za-z0-9][A-Za-z0-9._-]*)")
_COMPRESSIONS: Final = {".tar": "", ".gz": "gz", ".tgz": "gz", ".xz": "xz"}


def back_up(
    shelf: Shelf, target: Path, numbers: Sequence[int] | None = None, *, say: Callable[[str], None] = lambda _: None
) -> tuple[Manifest, ...]:
    """Write these releases, or the current one, into a new tar file, by its ending compressed or not.

    Raises:
        CoopgraphError: "not-ready" or "not-found" without such releases, "request" for another ending, "storage" if
            the file exists already or cannot be written; then there is none.
    """
    mode = _mode(target)
    current = shelf.current_number()
    chosen = sorted(set(numbers)) if numbers is not None else [current] if current is not None else []
    if not chosen:
        raise CoopgraphError("not-ready", f"No release in {shelf.directory}.", remedy="Make one first.")
    with contextlib.ExitStack() as stack:
        manifests = tuple(stack.enter_context(_held(shelf, number)) for number in chosen)
        newest = current if current in chosen else chosen[-1]
        stack.enter_context(durable.storage(target.parent, otherwise="name another file"))
        _demand_new(target)
        aside = stack.enter_context(tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}."))
        with tarfile.open(fileobj=aside, mode=f"w:{mode}", format=tarfile.PAX_FORMAT) as archive:  # type: ignore[call-overload]
            sums = []
            for manifest in manifests:
                say(f"Release {manifest.number} …")
                sums += [_add(archive, name, path, manifest) for name, path in _files(shelf, manifest.number)]
            _add_text(archive, _CURRENT, f"{newest:06d}\n", manifests[-1])
            _add_text(archive, CHECKSUMS, "".join(f"{digest}  {name}\n" for name, digest in sums), manifests[-1])
        aside.flush()
        os.fsync(aside.fileno())
        # Whoever was faster keeps his file.
        os.link(aside.name, target)
        target.chmod(0o644)
        durable.sync(target.parent)
        return manifests


def restore(source: Path, shelf: Shelf, *, say: Callable[[str], None] = lambda _: None) -> tuple[Manifest, ...]:
    """Put the releases of a file where there is none yet, each verified against its digests.

    Raises:
        CoopgraphError: "not-found" without the file, "request" if there are releases already, "damaged" if the file is
            not what was written, "storage", "busy". Then there is no release.
    """
    if not source.is_file():
        raise CoopgraphError("not-found", f"There is no file {source}.")
    with shelf.writing(), shelf.building() as aside:
        if shelf.numbers():
            raise CoopgraphError(
                "request", f"{shelf.directory} holds releases already.", remedy="Name an empty place with --data."
            )
        unpacked = Shelf(aside)
        current = _unpack(source, aside)
        if current not in unpacked.numbers():
            raise CoopgraphError("damaged", f"{source} holds no release that could be current.")
        for number in unpacked.numbers():
            say(f"Verifying release {number} …")
            if found := verify(unpacked, number):
                raise CoopgraphError("damaged", f"Release {number} in {source}: {' '.join(found)}")
        manifests = unpacked.manifests()
        for number in unpacked.numbers():
            durable.sync_tree(unpacked.path(number))
            unpacked.path(number).rename(shelf.path(number))
        durable.sync(shelf.path(current).parent)
        shelf.point(current)
        return manifests


@contextlib.contextmanager
def _held(shelf: Shelf, number: int) -> Iterator[Manifest]:
    """The manifest of a release that stays where it is within the context."""
    manifest = shelf.manifest(number)
    try:
        mark = in_use.mark(shelf.path(number) / "store")
    except OSError as error:
        raise CoopgraphError("not-found", f"Release {number} has just been removed.") from error
    try:
        yield manifest
    finally:
        in_use.unmark(mark)


def _mode(target: Path) -> str:
    mode = _COMPRESSIONS.get(target.suffix.lower())
    if mode is None:
        raise CoopgraphError("request", f"{target.name} has no ending of an archive.", remedy="Use .tar or .tar.gz.")
    return mode


def _demand_new(target: Path) -> None:
    if target.exists():
        raise CoopgraphError("storage", f"{target} exists already.", remedy="Name another file.")
    if not target.parent.is_dir():
        raise CoopgraphError(
            "storage", f"There is no directory {target.parent}.", remedy="Make it, or name another file."
        )


def _files(shelf: Shelf, number: int) -> Iterator[tuple[str, Path]]:
    directory = shelf.path(number)
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        yield f"releases/{directory.name}/{path.relative_to(directory).as_posix()}", path


class _Summing(io.RawIOBase):
    """A file that keeps the digest of what was read from it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(size)
        self.digest.update(part)
        return part


def _add(archive: tarfile.TarFile, name: str, path: Path, manifest: Manifest) -> tuple[str, str]:
    with path.open("rb") as file:
        summing = _Summing(cast("BinaryIO", file))
        archive.addfile(_member(name, path.stat().st_size, manifest), summing)
    return name, summing.digest.hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str, manifest: Manifest) -> None:
    content = text.encode()
    archive.addfile(_member(name, len(content), manifest), io.BytesIO(content))


def _member(name: str, size: int, manifest: Manifest) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o644, int(manifest.created.timestamp())
    return member


def _unpack(source: Path, target: Path) -> int:
    """Unpack what a backup may hold and nothing else; the number of the current release comes back."""
    sums: dict[str, str] = {}
    found: dict[str, str] = {}
    current = 0
    try:
        with tarfile.open(source, "r:*") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isreg() else None
                if content is None:
                    raise CoopgraphError("damaged", f"{source} holds {member.name!r}, which is no file of a release.")
                if member.name == _CURRENT:
                    current = int(content.read(7))
                elif member.name == CHECKSUMS:
                    lines = content.read().decode().splitlines()
                    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
                elif _MEMBER.fullmatch(member.name):
                    archive.extract(member, target, filter="data")
                    found[member.name] = _digest(target / member.name)
                else:
                    raise CoopgraphError("damaged", f"{source} holds {member.name!r}, which no backup has.")
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None and not isinstance(error, tarfile.TarError):
            # The disk, and not the archive, refuses.
            raise
        # What is said after the first line is how each compression failed.
        reason = str(error).partition(":\n")[0]
        raise CoopgraphError("damaged", f"{source} cannot be read: {reason}.") from error
    if sums != found:
        raise CoopgraphError("damaged", f"The files in {source} are not those that its checksums name.")
    return current


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
