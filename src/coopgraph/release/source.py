"""Where releases are read from: the data directory, or a remote store. Here, and nowhere else, it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from coopgraph.release.shelf import Shelf
from coopgraph.store.blocking import BlockingReaders
from coopgraph.store.limits import Limits

if TYPE_CHECKING:
    import asyncio
    from types import TracebackType

    from coopgraph.release.remote_source import RemoteSource
    from coopgraph.release.shelves import Releases
    from coopgraph.settings import Settings


@dataclass(frozen=True, slots=True)
class Source:
    """The releases, and the readers that answer questions to them; a context manager that ends the latter."""

    shelf: Releases
    readers: BlockingReaders
    remote: RemoteSource | None = None

    def close(self) -> None:
        """End all readers, and close all connections."""
        self.readers.close()
        if self.remote is not None:
            self.remote.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def serving(settings: Settings, *, loop: asyncio.AbstractEventLoop | None = None) -> Source:
    """The source of a service, which sees within a second what becomes current; `loop` as in `BlockingReaders`."""
    limits = Limits.of(settings)
    if not settings.store:
        return Source(Shelf(settings.data), BlockingReaders(limits, loop=loop))
    # It brings libraries that take a while to load; who has no remote store should not wait for them.
    from coopgraph.release import remote_source  # noqa: PLC0415

    found = remote_source.watching(settings, limits)
    return Source(found.shelf, BlockingReaders(limits, pool=found.pool, loop=loop), found)


def once(settings: Settings) -> Source:
    """The source of a command, which asks once."""
    limits = Limits.of(settings, readers=1)
    if not settings.store:
        return Source(Shelf(settings.data), BlockingReaders(limits))
    from coopgraph.release import remote_source  # noqa: PLC0415

    found = remote_source.looking_once(settings, limits)
    return Source(found.shelf, BlockingReaders(limits, pool=found.pool), found)
