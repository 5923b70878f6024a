"""Clients that ask again and again, as long as they are answered, and tell what went wrong."""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


@dataclass
class Load:
    """`clients` threads that send the queries of `query` to a service at `host`; a context in which they run.

    `statuses` counts the answers, `cut` tells requests that a service took and did not answer whole, `refused` counts
    connections that nobody accepted.
    """

    host: str
    query: Callable[[int], str]
    clients: int = 4
    statuses: dict[int, int] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)
    refused: int = 0

    def __post_init__(self) -> None:
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(self.clients)]

    @property
    def answered(self) -> int:
        """How many answers came."""
        return sum(self.statuses.values())

    def wait_for(self, more: int, seconds: float = 30.0) -> None:
        """Wait until so many more answers have come."""
        end, wanted = time.monotonic() + seconds, self.answered + more
        while self.answered < wanted:
            assert time.monotonic() < end, self
            time.sleep(0.01)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join(60)

    def _work(self, number: int) -> None:
        turn = number
        while not self._ending.is_set():
            connection = http.client.HTTPConnection(self.host, timeout=30)
            try:
                connection.connect()
            except OSError:
                self.refused += 1
                self._ending.wait(0.02)
                continue
            with contextlib.closing(connection):
                while not self._ending.is_set():
                    turn += self.clients
                    try:
                        connection.request("GET", "/sparql?" + urlencode({"query": self.query(turn)}))
                        answer = connection.getresponse()
                        answer.read()
                    except (OSError, http.client.HTTPException) as failure:
                        with self._lock:
                            self.cut.append(repr(failure))
                        break
                    with self._lock:
                        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
                    if answer.will_close:
                        break
