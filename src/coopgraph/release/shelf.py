"""The shelf of all releases in a data directory, and one release taken from it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import RdfFormat, parse

from coopgraph.errors import CoopgraphError
from coopgraph.release import durable
from coopgraph.release.alone import alone
from coopgraph.release.manifest import Manifest
from coopgraph.store import in_use
from coopgraph.store.oxigraph import OxigraphReader

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import TracebackType

    from pyoxigraph import Quad

    from coopgraph.store.port import Reader

LOCK_SECONDS: Final = 60.0
LAST: Final = 999_999_999
"""The highest number that a release can have."""

_BUILDING: Final = "building-"


class Release:
    """One sealed release; a context manager that closes its reader."""

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self.directory: Final = directory
        self.manifest: Final = manifest
        self._reader: OxigraphReader | None = None

    @property
    def nquads(self) -> Path:
        """The file of all quads as sorted N-Quads lines, in the default base whatever the release's base is."""
        return self.directory / "quads.nq"

    @property
    def store(self) -> Path:
        """The directory of the sealed store, for reader processes."""
        return self.directory / "store"

    @property
    def reader(self) -> Reader:
        """The release's store, opened when first asked for.

        Raises:
            CoopgraphError: "damaged" if it cannot be opened.
        """
        if self._reader is None:
            self._reader = OxigraphReader(self.store)
        return self._reader

    def quads(self) -> Iterator[Quad]:
        """All quads, in the default base whatever the release's base is.

        Raises:
            CoopgraphError: "damaged" if the file of all quads cannot be read.
        """
        try:
            yield from parse(path=str(self.nquads), format=RdfFormat.N_QUADS)
        except (OSError, SyntaxError) as error:
            raise CoopgraphError("damaged", f"{self.nquads} cannot be read: {error}.") from error

    def close(self) -> None:
        """Close the reader, if it was opened."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class Shelf:
    """The releases of one data directory, which need not exist yet."""

    def __init__(self, directory: Path) -> None:
        self.directory: Final = directory
        self._releases: Final = directory / "releases"
        self._current: Final = directory / "current"
        # Asked for with each request, so not to be put together each time.
        self._current_name: Final = str(self._current)

    def numbers(self) -> tuple[int, ...]:
        """The numbers of all releases, ascending."""
        if not self._releases.is_dir():
            return ()
        return tuple(sorted(filter(None, (_number(path.name) for path in self._releases.iterdir()))))

    def has(self, number: int) -> bool:
        """Whether this release is there; once placed, it never changes."""
        return self.path(number).is_dir()

    def manifest(self, number: int) -> Manifest:
        """The manifest of one release.

        Raises:
            CoopgraphError: "not-found" if there is no such release, "damaged" if its manifest cannot be read.
        """
        directory = self.path(number)
        if not 0 < number <= LAST or not directory.is_dir():
            have = ", ".join(map(str, self.numbers())) or "none"
            raise CoopgraphError("not-found", f"There is no release {number}.", remedy=f"There are: {have}.")
        try:
            manifest = Manifest.from_json((directory / "manifest.json").read_text(encoding="utf-8"))
        except PermissionError as error:
            raise CoopgraphError("storage", f"Release {number} cannot be read: {error.strerror}.") from error
        except (OSError, UnicodeDecodeError) as error:
            raise CoopgraphError("damaged", f"The manifest of release {number} cannot be read: {error}.") from error
        if manifest.number != number:
            raise CoopgraphError("damaged", f"Release {number} has the manifest of release {manifest.number}.")
        return manifest

    def manifests(self) -> tuple[Manifest, ...]:
        """The manifests of all releases, ascending by number.

        Raises:
            CoopgraphError: "damaged" if one of them cannot be read.
        """
        return tuple(self.manifest(number) for number in self.numbers())

    def stamp(self) -> str:
        """See `Releases.stamp`: what `current` points to, unread and unjudged."""
        try:
            # Asked with each request; the same by way of a Path takes several times as long.
            return os.readlink(self._current_name)  # noqa: PTH115
        except OSError:
            return ""

    def current_number(self) -> int | None:
        """The number that `current` points to; None if nothing was published yet.

        Raises:
            CoopgraphError: "damaged" if `current` points to no release.
        """
        if not self._current.is_symlink():
            return None
        name = self._current.readlink().name
        number = _number(name)
        if number is None or not self.path(number).is_dir():
            raise CoopgraphError(
                "damaged", f"{self._current} points to {name!r}, which is no release.", remedy="Build again."
            )
        return number

    def current(self) -> Manifest | None:
        """The manifest of the current release; None if nothing was published yet.

        Raises:
            CoopgraphError: "damaged" if `current` or the manifest is.
        """
        number = self.current_number()
        return None if number is None else self.manifest(number)

    def open(self, number: int | None = None) -> Release:
        """A release; without a number the current one.

        Raises:
            CoopgraphError: "not-ready" if nothing was published yet, "not-found", "damaged".
        """
        if number is None:
            number = self.current_number()
        if number is None:
            raise CoopgraphError(
                "not-ready", f"No release in {self.directory}.", remedy="Make one with `coopgraph build`."
            )
        return Release(self.path(number), self.manifest(number))

    def prune(self, keep: int) -> tuple[int, ...]:
        """Remove all but the newest `keep` releases; the current one always stays. The numbers that went come back.

        Raises:
            CoopgraphError: "request" if `keep` is below one, "busy" if somebody is publishing, "storage".
        """
        if keep < 1:
            raise CoopgraphError("request", "At least one release must be kept.")
        if not self.directory.exists():
            # A name that was mistyped must not become a directory.
            return ()
        with self.writing():
            gone = self._beyond(keep)
            for number in gone:
                self._remove(number)
            return gone

    def discard(self, keep: int) -> tuple[int, ...]:
        """Remove what `prune` removes, but for releases that somebody reads just now; only while `writing`."""
        gone = []
        for number in self._beyond(keep):
            with in_use.unless_read(self.path(number) / "store") as free:
                if free:
                    self._remove(number)
                    gone.append(number)
        return tuple(gone)

    def _beyond(self, keep: int) -> tuple[int, ...]:
        current = self.current_number()
        return tuple(number for number in self.numbers()[:-keep] if number != current)

    def _remove(self, number: int) -> None:
        # The rename makes it vanish at once; a removal that is cut short is finished by the next writer.
        aside = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=self.directory))
        self.path(number).rename(aside / "pruned")
        shutil.rmtree(aside)

    def path(self, number: int) -> Path:
        """Where the release of this number lies, or would lie."""
        return self._releases / f"{number:06d}"

    @contextlib.contextmanager
    def writing(self, wait: float = LOCK_SECONDS) -> Iterator[None]:
        """Be the only writer; what a writer that died has left is removed first. `wait` is in seconds.

        Who fails before there is any release leaves nothing that was not there before.

        Raises:
            CoopgraphError: "busy" if another one is still writing after `wait`; "storage".
        """
        with durable.storage(self.directory), alone(self.directory, wait):
            for stale in self.directory.glob(f"{_BUILDING}*"):
                shutil.rmtree(stale)
            for stale in self.directory.glob(".current-*"):
                stale.unlink()
            self._releases.mkdir(exist_ok=True)
            try:
                yield
            finally:
                # If nothing came to lie in it, it goes again.
                with contextlib.suppress(OSError):
                    self._releases.rmdir()

    @contextlib.contextmanager
    def building(self) -> Iterator[Path]:
        """A directory aside, on the same file system, that is gone afterwards; only while `writing`."""
        directory = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=self.directory))
        try:
            yield directory
        finally:
            shutil.rmtree(directory, ignore_errors=True)

    def place(self, built: Path, number: int, *, known: Collection[durable.Identity] = ()) -> None:
        """Take a finished directory in as this release and make it the current one; only while `writing`.

        Files that are `known` belong to another release as well, with which they came to the disk.
        """
        durable.sync_tree(built, known=known)
        built.chmod(0o755)
        built.rename(self.path(number))
        durable.sync(self._releases)
        self.point(number)

    def point(self, number: int) -> None:
        """Make a release the current one; only while `writing`."""
        durable.point(self._current, f"releases/{number:06d}")


def _number(name: str) -> int | None:
    """The number of the release that lies in a directory of this name; None if no release does."""
    number = int(name) if name.isascii() and name.isdigit() and len(name) <= len(str(LAST)) else 0
    return number if number and name == f"{number:06d}" else None
