"""Finds damage: every file against its digest, the store against the lines, the manifest against itself."""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING, Final, cast

from pyoxigraph import RdfFormat, serialize

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release import description
from coopgraph.store.oxigraph import OxigraphReader

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.release.manifest import Manifest
    from coopgraph.release.shelf import Release, Shelf

_HINT: Final = 1 << 20


def verify(shelf: Shelf, number: int | None = None) -> tuple[str, ...]:
    """What is wrong with a release, without a number with the current one; nothing if it is sound.

    Raises:
        CoopgraphError: "not-found" if there is no such release, "not-ready" if there is none at all.
    """
    try:
        if number is None and shelf.numbers() and shelf.current_number() is None:
            return ("There are releases, but none is the current one.",)
        with shelf.open(number) as release:
            found = damages(release.directory, release.manifest)
            return found or _differences(release)
    except CoopgraphError as error:
        if error.code != "damaged":
            raise
        return (error.detail,)


def damages(directory: Path, manifest: Manifest) -> tuple[str, ...]:
    """Which files of a release are missing or not what they were when it was sealed."""
    expected = {"quads.nq": manifest.digest, **manifest.files}
    return tuple(found for name, digest in expected.items() if (found := _damage(directory / name, name, digest)))


def _damage(path: Path, name: str, digest: str) -> str:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"{name} cannot be read: {error.strerror or error}."
    return "" if found == digest else f"{name} is not what was sealed: its SHA-256 is {found}, not {digest}."


def _differences(release: Release) -> tuple[str, ...]:
    lines, about, kept = _Sum(), _Sum(), _Sum()
    _add(release.nquads, release.manifest.base, lines)
    if description.FILE in release.manifest.files:
        _add(release.directory / description.FILE, release.manifest.base, about)
    reader = OxigraphReader(release.store)
    try:
        serialize(reader.quads(), cast("IO[bytes]", kept), RdfFormat.N_QUADS)
    except (OSError, RuntimeError) as error:
        return (f"The store cannot be read: {error}.",)
    finally:
        reader.close()
    found = []
    counted = release.manifest.counts.get("quads")
    if lines.count != counted:
        found.append(f"quads.nq has {lines.count} lines; the manifest counts {counted} quads.")
    expected = lines.count + about.count
    if expected != kept.count or lines.total + about.total != kept.total:
        found.append(
            f"The store holds {kept.count} quads that are not those of quads.nq and its description ({expected})."
        )
    return tuple(found)


def _add(path: Path, base: str, total: _Sum) -> None:
    with path.open("rb") as file:
        while block := file.readlines(_HINT):
            total.write(terms.rebase(b"".join(block).decode(), base).encode())


class _Sum:
    """A file that keeps, of the lines written to it, their number and the sum of their hashes.

    Both sides hold no line twice and come in different orders. The sum is independent of order; two different sets
    agree in it by a chance of one in 2**64, with a key that is new in every process.
    """

    def __init__(self) -> None:
        self.count = 0
        self.total = 0
        self._rest = b""

    def write(self, data: bytes) -> int:
        """Take the lines in; bytes after the last line end wait for the next call."""
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        self.count += len(lines)
        self.total += sum(map(hash, lines))
        return len(data)

    def flush(self) -> None:
        """Do nothing: nothing is held back that could be written."""
