"""What is computed of a release: once for all who ask the same, in a process apart, and kept while there is room."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from cachetools import LRUCache
from flask import current_app

from coopgraph.errors import CoopgraphError
from coopgraph.network.apart.computations import Computations, Wanted
from coopgraph.network.formats.origin import Origin
from coopgraph.web import replies, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coopgraph.network.selection import Selection
    from coopgraph.settings import Settings
    from coopgraph.web.service import Reading

WAITING: Final = 4
"""How many may wait for an answer that somebody else is having computed."""

_SHARE: Final = 4
"""An answer larger than this part of the whole room is not kept."""


@dataclass(slots=True)
class _Flight:
    """An answer that is being computed: whoever holds the lock computes it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: int = 0


class Computed:
    """Answers by what they depend on; for any number of threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings: Final = settings
        self._computations = Computations(
            seconds=settings.computation_seconds,
            memory=settings.query_memory,
            size=settings.query_bytes,
            at_once=settings.computations,
        )
        self._lock = threading.Lock()
        self._kept: LRUCache[str, bytes] = LRUCache(max(settings.cache_bytes, 1), getsizeof=len)
        self._flights: dict[str, _Flight] = {}

    def answer(self, number: int, wanted: Wanted) -> bytes:
        """The answer for the release of this number, computed unless it is kept.

        Raises:
            CoopgraphError: "busy" if too many wait for it; what `Computations.run` raises.
        """
        # The origin in it holds the digest of the release.
        key = json.dumps(wanted.as_dict(), sort_keys=True)
        with self._lock:
            kept: bytes | None = self._kept.get(key)
        if kept is not None:
            return kept
        with self._flight(key) as flight, flight.lock:
            with self._lock:
                kept = self._kept.get(key)
            return self._compute(number, key, wanted) if kept is None else kept

    def close(self) -> None:
        """Compute nothing any more; who waits for it gets "busy"."""
        self._computations.close()

    def _compute(self, number: int, key: str, wanted: Wanted) -> bytes:
        with serving.service().shelf.open(number) as release:
            place = release.store
            directory = Path(place) if isinstance(place, str | Path) else None
            answer = self._computations.run(
                wanted, store=directory, nquads=release.nquads if directory is None else None
            )
        if len(answer) * _SHARE <= self._settings.cache_bytes:
            with self._lock:
                self._kept[key] = answer
        return answer

    @contextmanager
    def _flight(self, key: str) -> Iterator[_Flight]:
        with self._lock:
            flight = self._flights.setdefault(key, _Flight())
            if flight.waiting > WAITING:
                raise CoopgraphError("busy", "Too many are waiting for this already.", remedy="Try again in a moment.")
            flight.waiting += 1
        try:
            yield flight
        finally:
            with self._lock:
                flight.waiting -= 1
                if not flight.waiting:
                    self._flights.pop(key, None)


def origin(reading: Reading) -> Origin:
    """The release as computations know it; ties are opened at the address that this request came to."""
    manifest = reading.manifest
    return Origin(manifest.number, manifest.digest, manifest.base, replies.root())


def compute(reading: Reading, task: str, selection: Selection, **options: object) -> bytes:
    """The answer of this task for the release that is read."""
    wanted = Wanted(task=task, selection=selection, origin=origin(reading), options=options)
    return _computed().answer(reading.manifest.number, wanted)


def told(reading: Reading, task: str, selection: Selection, **options: object) -> Mapping[str, object]:
    """The same for an answer in JSON."""
    found: Mapping[str, object] = json.loads(compute(reading, task, selection, **options))
    return found


def _computed() -> Computed:
    return cast("Computed", current_app.extensions["coopgraph-computed"])
