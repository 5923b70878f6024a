"""What the service measures about itself, for Prometheus: plain numbers while it runs, exposed when it is asked."""

from __future__ import annotations

import time
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from coopgraph.errors import CoopgraphError
from coopgraph.store.tickets import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prometheus_client import Metric

    from coopgraph.store.workers import Ticket
    from coopgraph.web.front.cache import Cache
    from coopgraph.web.front.journal import Entry
    from coopgraph.web.service import Service

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
# What has been asked for in the path is not told apart: strangers would make up new ones without end.
_PLACES: Final = frozenset(
    {"sparql", "update", "store", "id", "ns", "vocab", "shapes", "graph", "why", "validate", "questions", "releases",
     "timemap", "void", ".well-known", "catalog", "networks", "reports", "docs", "openapi.json", "queries", "static",
     "healthz", "readyz", "metrics"}
)  # fmt: skip
_NOWHERE: Final = "unread"
"""The place of what was refused before it could be read as a request."""


class Metrics(Collector):
    """Counts requests, and tells what runs, waits and is kept at the moment it is asked."""

    def __init__(self, service: Service, cache: Cache) -> None:
        self._service = service
        self._cache = cache
        self._requests: dict[tuple[str, int], int] = {}
        self._seconds: dict[str, tuple[list[int], list[float]]] = {}
        self.running = 0
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)

    def count(self, entry: Entry) -> None:
        """Take account of a request that has been answered."""
        path = entry.path
        place = path[1:] if path[1:] in _PLACES else path[1:].partition("/")[0]
        self._add(place if place in _PLACES else "other", entry.status)
        found = self._seconds.get(entry.outcome)
        if found is None:
            found = self._seconds[entry.outcome] = ([0] * (len(_BOUNDS) + 1), [0.0])
        found[0][bisect_left(_BOUNDS, entry.seconds)] += 1
        found[1][0] += entry.seconds

    def refuse(self, status: int) -> None:
        """Take account of what was refused with this status before it could be read as a request."""
        self._add(_NOWHERE, status)

    def exposed(self) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """The measures by name."""
        requests = CounterMetricFamily("coopgraph_requests", "Requests answered.", labels=["place", "status"])
        for (place, status), number in self._requests.items():
            requests.add_metric([place, str(status)], number)
        yield requests
        seconds = HistogramMetricFamily(
            "coopgraph_request_seconds", "Seconds from a request's arrival to its answer.", labels=["outcome"]
        )
        for outcome, (counts, total) in self._seconds.items():
            seconds.add_metric([outcome], list(_cumulative(counts)), total[0])
        yield seconds
        yield from self._queries()
        yield from self._kept()
        yield from self._release()

    def _add(self, place: str, status: int) -> None:
        self._requests[place, status] = self._requests.get((place, status), 0) + 1

    def _queries(self) -> Iterator[Metric]:
        pool = self._service.readers.pool
        now = (
            ("requests_running", "Requests being answered.", self.running),
            ("queries_running", "Queries that a reader works on.", _running(pool.registry.live())),
            ("queries_waiting", "Queries that wait for a reader.", pool.waiting),
            ("readers", "Reader processes that can be asked.", len(pool.pids())),
        )
        for name, meaning, value in now:
            yield GaugeMetricFamily(f"coopgraph_{name}", meaning, value)
        killed = CounterMetricFamily(
            "coopgraph_readers_killed", "Reader processes that were ended to stop a query.", labels=["cause"]
        )
        for outcome, number in pool.registry.killed.items():
            killed.add_metric([outcome], number)
        yield killed

    def _kept(self) -> Iterator[Metric]:
        cache = self._cache
        yield CounterMetricFamily("coopgraph_cache_hits", "Answers taken from memory.", cache.hits)
        yield CounterMetricFamily("coopgraph_cache_misses", "Answers that were not in memory.", cache.misses)
        yield GaugeMetricFamily("coopgraph_cache_bytes", "Bytes of answers in memory.", cache.size)
        yield GaugeMetricFamily("coopgraph_cache_answers", "Answers in memory.", len(cache))

    def _release(self) -> Iterator[Metric]:
        try:
            reading = self._service.reading()
            found = reading.manifest
        except CoopgraphError:
            return
        yield GaugeMetricFamily("coopgraph_release_number", "Number of the current release.", found.number)
        age = time.time() - found.created.timestamp()
        yield GaugeMetricFamily("coopgraph_release_age_seconds", "Seconds since the release was made.", age)
        yield GaugeMetricFamily("coopgraph_release_quads", "Quads in the release.", found.counts.get("quads", 0))


def _running(tickets: Iterable[Ticket]) -> int:
    return sum(ticket.state is State.RUNNING for ticket in tickets)


def _cumulative(counts: list[int]) -> Iterator[tuple[str, float]]:
    total = 0
    for bound, number in zip((*map(str, _BOUNDS), "+Inf"), counts, strict=True):
        total += number
        yield bound, total
