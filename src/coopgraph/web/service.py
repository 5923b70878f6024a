"""The releases as requests read them: through reader processes, each release opened once."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release.shelf import Shelf
from coopgraph.store.workers import Answer, Question, ReaderPool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coopgraph.release.manifest import Manifest
    from coopgraph.settings import Settings

PINNED: Final = 2
"""How many releases besides the current one are kept open at most."""

_TABLE: Final = "application/sparql-results+json"
_log = logging.getLogger(__name__)


@contextlib.contextmanager
def discreet(data: Path) -> Iterator[None]:
    """Errors inside do not say where the data lies: the log does, whoever asks over the web need not know."""
    try:
        yield
    except CoopgraphError as error:
        if data.is_absolute() and str(data) in error.detail:
            _log.error("%s", error.detail)
            error.detail = error.detail.replace(str(data), "the data directory")
        raise


class Reading:
    """One open release; every question to it is bounded and can be killed."""

    def __init__(self, manifest: Manifest, pool: ReaderPool, data: Path) -> None:
        self.manifest: Final = manifest
        self._pool: Final = pool
        self._data: Final = data
        self._remembered: dict[str, bytes] = {}
        self.users = 0

    def ask(self, question: Question) -> Answer:
        """The answer to somebody's query, as it was written.

        Raises:
            CoopgraphError: what `ReaderPool.run` raises.
        """
        with discreet(self._data):
            return self._pool.run(question)

    def select(self, text: str, *, remember: bool = False) -> QuerySolutions:
        """The solutions of a query of ours, which is written with the default base.

        A release never changes, so an answer that every page needs can be remembered.
        """
        body = self._remembered.get(text)
        if body is None:
            body = self.ask(Question(terms.rebase(text, self.manifest.base), _TABLE)).body
            if remember:
                self._remembered[text] = body
        solutions = parse_query_results(body, QueryResultsFormat.JSON)
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("a SELECT query is answered by solutions")
        return solutions

    def iri(self, path: str) -> str:
        """The IRI of this path below the release's base."""
        return self.manifest.base + path

    def alive(self) -> bool:
        """Whether there is a process that could answer."""
        return bool(self._pool.pids())

    def close(self) -> None:
        """End the reader processes."""
        self._pool.close()


class Service:
    """The shelf of releases with those that are open; for any number of threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings: Final = settings
        self.shelf: Final = Shelf(settings.data)
        self._lock = threading.Lock()
        self._open: OrderedDict[int, Reading] = OrderedDict()
        self._retired: list[Reading] = []

    @contextlib.contextmanager
    def reading(self, number: int | None = None) -> Iterator[Reading]:
        """A release to read within the context; without a number the one that is current now.

        Raises:
            CoopgraphError: "not-ready", "not-found" or "damaged".
        """
        with discreet(self.settings.data):
            reading = self._take(number)
        try:
            yield reading
        finally:
            with self._lock:
                reading.users -= 1
                idle = [old for old in self._retired if not old.users]
                self._retired = [old for old in self._retired if old.users]
            for old in idle:
                old.close()

    def manifests(self) -> tuple[Manifest, ...]:
        """The manifests of all releases, newest first.

        Raises:
            CoopgraphError: "damaged" if one of them cannot be read.
        """
        with discreet(self.settings.data):
            return tuple(reversed(self.shelf.manifests()))

    def close(self) -> None:
        """End all reader processes; queries that run fail."""
        with self._lock:
            readings = [*self._open.values(), *self._retired]
            self._open.clear()
            self._retired.clear()
        for reading in readings:
            reading.close()

    def _take(self, number: int | None) -> Reading:
        current = self.shelf.current_number()
        wanted = current if number is None else number
        with self._lock:
            reading = None if wanted is None else self._open.get(wanted)
            if reading is None:
                # `open` says what is wrong if there is no such release.
                with self.shelf.open(wanted) as release:
                    pool = self._pool(release.store, pinned=wanted != current)
                    reading = Reading(release.manifest, pool, self.settings.data)
                self._open[reading.manifest.number] = reading
                self._retire(current)
            self._open.move_to_end(reading.manifest.number)
            reading.users += 1
            return reading

    def _pool(self, directory: Path, *, pinned: bool) -> ReaderPool:
        limits = self.settings
        return ReaderPool(
            directory,
            size=1 if pinned else limits.readers,
            seconds=limits.query_seconds,
            memory=limits.query_memory,
            rows=limits.query_rows,
            size_limit=limits.query_bytes,
        )

    def _retire(self, current: int | None) -> None:
        """Set aside what is open beyond the current release and the most recently used others."""
        others = [number for number in self._open if number != current]
        for number in others[: max(0, len(others) - PINNED)]:
            self._retired.append(self._open.pop(number))
