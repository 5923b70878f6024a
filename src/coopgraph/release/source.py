"""Where releases are read from: the data directory, or a remote store. Here, and nowhere else, it is chosen."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.release.remote_shelf import RemoteShelf, Watcher, look
from coopgraph.release.shelf import Shelf
from coopgraph.store.blocking import BlockingReaders
from coopgraph.store.limits import Limits
from coopgraph.store.remote import RemoteStore
from coopgraph.store.remote_pool import RemotePool
from coopgraph.store.remote_service import RemoteLimits, RemoteService

if TYPE_CHECKING:
    import asyncio
    from types import TracebackType
    from typing import Self

    from coopgraph.release.shelves import Releases
    from coopgraph.settings import Settings

_SPARE: Final = 2
"""Connections beside those for queries, so that a look at the alias never waits for them."""

_WHOLE_SECONDS: Final = 600.0
_WHOLE_SIZE: Final = 10**10


@dataclass(frozen=True, slots=True)
class Source:
    """The releases, and the readers that answer questions to them; a context manager that ends the latter."""

    shelf: Releases
    readers: BlockingReaders

    def close(self) -> None:
        """End all readers, and close the connections if there are any."""
        self.readers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def serving(settings: Settings, *, loop: asyncio.AbstractEventLoop | None = None) -> Source:
    """The source of a service, which sees within a second what becomes current; `loop` as in `BlockingReaders`."""
    if not settings.store:
        return Source(Shelf(settings.data), BlockingReaders(Limits.of(settings), loop=loop))
    store = _store(settings)
    shelf = RemoteShelf(store, Watcher(store), base=settings.base_iri, limits=_whole(settings))
    limits = Limits.of(settings)
    return Source(shelf, BlockingReaders(limits, pool=RemotePool(store, limits), loop=loop))


def once(settings: Settings) -> Source:
    """The source of a command, which asks once."""
    limits = Limits.of(settings, readers=1)
    if not settings.store:
        return Source(Shelf(settings.data), BlockingReaders(limits))
    store = _store(settings)
    seen = functools.cache(functools.partial(look, store))
    shelf = RemoteShelf(store, seen, base=settings.base_iri, limits=_whole(settings))
    return Source(shelf, BlockingReaders(limits, pool=RemotePool(store, limits)))


def _store(settings: Settings) -> RemoteStore:
    return RemoteStore(RemoteService.of(settings), connections=settings.readers + _SPARE)


def _whole(settings: Settings) -> RemoteLimits:
    """Limits for who reads a whole release and is no client of the service."""
    return RemoteLimits(seconds=max(_WHOLE_SECONDS, settings.query_seconds), rows=10**9, size=_WHOLE_SIZE)
