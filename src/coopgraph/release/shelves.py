"""What reading needs of releases, wherever they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from pyoxigraph import Quad

    from coopgraph.release.manifest import Manifest
    from coopgraph.store.port import Place, Reader


class OpenRelease(Protocol):
    """One release; a context manager that gives back what it holds."""

    @property
    def manifest(self) -> Manifest:
        """What the release says about itself."""
        ...

    @property
    def store(self) -> Place:
        """Where readers find the release's quads."""
        ...

    @property
    def reader(self) -> Reader:
        """The release's quads, opened when first asked for.

        Raises:
            CoopgraphError: "damaged" if they cannot be opened.
        """
        ...

    @property
    def nquads(self) -> Path:
        """A file of all quads as sorted N-Quads lines, in the default base; as long as the release is open."""
        ...

    def quads(self) -> Iterator[Quad]:
        """All quads, in the default base whatever the release's base is."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...


class Releases(Protocol):
    """All releases of one place, to read.

    Each method raises CoopgraphError: "damaged" for what cannot be read, and for a remote place what its client does.
    """

    def numbers(self) -> tuple[int, ...]:
        """The numbers of all releases, ascending."""
        ...

    def has(self, number: int) -> bool:
        """Whether this release is there, and still what it was."""
        ...

    def path(self, number: int) -> Path | None:
        """The directory of a release's files; None where releases are no files."""
        ...

    def manifest(self, number: int) -> Manifest:
        """The manifest of one release; "not-found" if there is none."""
        ...

    def manifests(self) -> tuple[Manifest, ...]:
        """The manifests of all releases, ascending by number."""
        ...

    def stamp(self) -> str:
        """A text that is another one whenever another release is current; empty where nothing can be told so easily."""
        ...

    def current_number(self) -> int | None:
        """The number of the current release; None if nothing was published yet."""
        ...

    def current(self) -> Manifest | None:
        """The manifest of the current release; None if nothing was published yet."""
        ...

    def open(self, number: int | None = None) -> OpenRelease:
        """A release; without a number the current one; "not-ready" or "not-found" if there is none."""
        ...
