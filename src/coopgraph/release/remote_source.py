"""The releases of a remote store and the readers that ask it, for who serves them and for who asks once."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.release.remote_shelf import RemoteShelf, Watcher, look
from coopgraph.store.remote.pool import RemotePool
from coopgraph.store.remote.reader import RemoteStore
from coopgraph.store.remote.service import RemoteLimits, RemoteService

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.release.remote_shelf import Seen
    from coopgraph.settings import Settings
    from coopgraph.store.limits import Limits

_SPARE: Final = 2
"""Connections beside those for queries, so that a look at the alias never waits for them."""

_WHOLE_SECONDS: Final = 600.0
_WHOLE_ROWS: Final = 10**9
_WHOLE_SIZE: Final = 10**11


@dataclass(frozen=True, slots=True)
class RemoteSource:
    """Releases, who answers questions to them, and the connections behind both, which are to be closed."""

    shelf: RemoteShelf
    pool: RemotePool
    store: RemoteStore


def watching(settings: Settings, limits: Limits) -> RemoteSource:
    """Releases that are looked at again and again."""
    store = _store(settings)
    watcher = Watcher(store)
    return RemoteSource(_shelf(settings, store, watcher), RemotePool(store, limits, watcher), store)


def looking_once(settings: Settings, limits: Limits) -> RemoteSource:
    """Releases as they were at the first look."""
    store = _store(settings)
    seen = functools.cache(functools.partial(look, store))
    return RemoteSource(_shelf(settings, store, seen), RemotePool(store, limits, seen), store)


def _store(settings: Settings) -> RemoteStore:
    return RemoteStore(RemoteService.of(settings), connections=settings.readers + _SPARE)


def _shelf(settings: Settings, store: RemoteStore, seen: Callable[[], Seen]) -> RemoteShelf:
    # Who opens a release reads all of it and is no client of the service.
    seconds = max(_WHOLE_SECONDS, settings.query_seconds)
    limits = RemoteLimits(seconds=seconds, rows=_WHOLE_ROWS, size=_WHOLE_SIZE)
    return RemoteShelf(store, seen, base=settings.base_iri, limits=limits)
