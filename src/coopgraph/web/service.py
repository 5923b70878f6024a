"""The releases as requests read them: through one pool of reader processes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release import source
from coopgraph.store.workers import Answer, Question, Ticket
from coopgraph.web.behalf import BEHALF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coopgraph.release.manifest import Manifest
    from coopgraph.settings import Settings
    from coopgraph.store.port import Place
    from coopgraph.web.front.presence import Presence

KEPT: Final = 32
"""How many releases are remembered with what was learnt of them."""

_NOTHING: Final = "SELECT * {}"
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
    """One release to read; every question to it is bounded and can be killed."""

    def __init__(self, manifest: Manifest, place: Place, service: Service) -> None:
        self.manifest: Final = manifest
        self._place: Final = place
        self._service: Final = service
        self._remembered: dict[str, bytes] = {}

    async def answer(self, question: Question, ticket: Ticket | None = None) -> Answer:
        """The answer to somebody's query, as it was written; only in the event loop of the service.

        Raises:
            CoopgraphError: what `ReaderPool.answer` raises, or "not-found" if the release has been removed.
        """
        try:
            return await self._service.readers.pool.answer(question, self._place, self._stamped(ticket))
        except CoopgraphError:
            # Entered only now, since an answer should not cost what only an error needs.
            with self._told():
                raise

    def ask(self, question: Question, ticket: Ticket | None = None) -> Answer:
        """The same for any other thread, which waits; on behalf of a client that leaves it is "cancelled"."""
        behalf, stamped = BEHALF.get(), self._stamped(ticket)
        with self._told():
            if behalf is None:
                return self._service.readers.run(question, self._place, stamped)
            return self._service.readers.wait(self._answer_present(question, stamped, behalf.presence))

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
        """Whether there is a process that could answer, and a store that could be asked.

        Raises:
            CoopgraphError: "damaged" if the store cannot be opened.
        """
        if not self._service.alive():
            return False
        self.select(_NOTHING, remember=True)
        return True

    async def _answer_present(self, question: Question, ticket: Ticket | None, presence: Presence) -> Answer:
        """The answer, as long as the client is there; one that leaves at once may have left before this begins."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a question is put by a task")
        if not presence.gone:
            try:
                with presence.watch(task.cancel):
                    return await self._service.readers.pool.answer(question, self._place, ticket)
            except asyncio.CancelledError:
                if not presence.gone:
                    raise
        raise CoopgraphError("cancelled", "Who asked has left.")

    def _stamped(self, ticket: Ticket | None) -> Ticket | None:
        if ticket is None and (behalf := BEHALF.get()) is not None:
            ticket = Ticket(id=behalf.id, client=behalf.client)
        if ticket is not None:
            ticket.release = self.manifest.number
        return ticket

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        with discreet(self._service.settings.data):
            try:
                yield
            except CoopgraphError as error:
                if error.code == "damaged":
                    # It may have been removed in the meantime, which is said better.
                    self._service.shelf.manifest(self.manifest.number)
                raise


class Service:
    """The shelf of releases and the readers; for any number of threads, and for one event loop if there is one.

    The readers run in `loop`, which must be running whenever somebody asks; without one they have their own. `current`
    is the release that was current when last somebody looked, behind the stamp that the shelf had then.
    """

    def __init__(self, settings: Settings, *, loop: asyncio.AbstractEventLoop | None = None) -> None:
        self.settings: Final = settings
        self._source: Final = source.serving(settings, loop=loop)
        self.shelf: Final = self._source.shelf
        self.readers: Final = self._source.readers
        self._lock = threading.Lock()
        self._readings: OrderedDict[int, Reading] = OrderedDict()
        self.current: tuple[str, Reading] | None = None

    def reading(self, number: int | None = None) -> Reading:
        """A release to read; without a number the one that is current now.

        Raises:
            CoopgraphError: "not-ready", "not-found" or "damaged".
        """
        known = self.current
        if number is None and known is not None and self.shelf.stamp() == known[0]:
            # Most requests are for the release that the last one was for.
            return known[1]
        with discreet(self.settings.data):
            return self._take(number)

    def manifests(self) -> tuple[Manifest, ...]:
        """The manifests of all releases, newest first.

        Raises:
            CoopgraphError: "damaged" if one of them cannot be read.
        """
        with discreet(self.settings.data):
            return tuple(reversed(self.shelf.manifests()))

    def alive(self) -> bool:
        """Whether there is a reader process that could answer; the first call starts them, and waits for one."""
        try:
            self.readers.start()
        except CoopgraphError as error:
            _log.warning("%s", error.detail)
            return False
        return bool(self.readers.pool.pids())

    def close(self) -> None:
        """End all reader processes; queries that run fail."""
        self._source.close()

    def _take(self, number: int | None) -> Reading:
        # Taken before the number, so that after a swap in between it is the older one, and all is looked at again.
        stamp = self.shelf.stamp()
        wanted = self.shelf.current_number() if number is None else number
        with self._lock:
            known = None if wanted is None else self._readings.get(wanted)
            # `open` says what is wrong if there is no such release.
            if known is None or not self.shelf.has(known.manifest.number):
                with self.shelf.open(wanted) as release:
                    known = Reading(release.manifest, release.store, self)
                self._readings[release.manifest.number] = known
                while len(self._readings) > KEPT:
                    self._readings.popitem(last=False)
            self._readings.move_to_end(known.manifest.number)
            if number is None and stamp:
                self.current = stamp, known
            return known
