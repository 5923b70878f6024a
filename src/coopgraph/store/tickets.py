"""What runs and what ran: a ticket for each query, from its arrival to its end."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import Counter, deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

REMEMBERED: Final = 200
"""How many past queries are remembered."""

SHOWN: Final = 2000
"""How many characters of a past query are remembered."""

_KILLING: Final = frozenset({"deadline", "memory", "too-deep", "reader-lost"})


class State(StrEnum):
    """Where a query is on its way. `killed` took a reader process with it, `refused` did not."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    KILLED = "killed"


@dataclass(slots=True, eq=False)
class Ticket:
    """One query as its operator sees it; the caller gives what it knows, the pool fills in the rest.

    `client` names who asks, for fairness. `outcome` is the code of the error, or "answered". Times are seconds:
    `arrived` since the epoch, `waited` for a reader, `ran` in one.
    """

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    client: str = ""
    release: int | None = None
    text: str = ""
    state: State = State.QUEUED
    outcome: str | None = None
    arrived: float = field(default_factory=time.time)
    waited: float | None = None
    ran: float | None = None
    rows: int | None = None
    size: int | None = None
    _came: float = field(default_factory=time.monotonic, repr=False)
    _began: float = field(default=0.0, repr=False)

    @property
    def age(self) -> float:
        """Seconds since the query arrived."""
        return time.time() - self.arrived

    def start(self) -> None:
        """A reader begins with the query."""
        now = time.monotonic()
        self.state, self.waited, self._began = State.RUNNING, now - self._came, now

    def wait(self) -> None:
        """The reader has not begun with it after all, so it waits again."""
        self.state, self.waited = State.QUEUED, None

    def end(self, state: State, outcome: str) -> None:
        """The query has come to this end."""
        if self.state is State.RUNNING:
            self.ran = time.monotonic() - self._began
        self.state, self.outcome = state, outcome

    def fail(self, error: CoopgraphError) -> None:
        """The query ended with this error."""
        if error.code == "cancelled":
            self.end(State.CANCELLED, error.code)
        else:
            self.end(State.KILLED if error.code in _KILLING else State.REFUSED, error.code)


class Registry:
    """The tickets of all queries that wait or run, with what stops each of them, and of the last that ended."""

    def __init__(self) -> None:
        self._live: dict[Ticket, Callable[[CoopgraphError], None]] = {}
        self.killed: Final[Counter[str]] = Counter()
        self._past: deque[Ticket] = deque(maxlen=REMEMBERED)

    def live(self) -> tuple[Ticket, ...]:
        """The queries that wait or run, oldest first."""
        return tuple(self._live)

    def past(self) -> tuple[Ticket, ...]:
        """The last queries that ended, newest first."""
        return tuple(reversed(self._past))

    def open(self, ticket: Ticket, stop: Callable[[CoopgraphError], None]) -> None:
        """The query is under way, and now this stops it."""
        self._live[ticket] = stop

    def recorded(self, ticket: Ticket) -> _Recorded:
        """A context in which the query is answered; how it ends is written on its ticket, and its id on its error."""
        return _Recorded(self, ticket)

    def close(self, ticket: Ticket) -> None:
        """The query has ended."""
        self._live.pop(ticket, None)
        ticket.text = ticket.text[:SHOWN]
        if ticket.state is State.KILLED:
            self.killed[ticket.outcome or ""] += 1
        self._past.append(ticket)

    def stop(self, identifier: str, error: CoopgraphError) -> bool:
        """Stop the queries with this id by this error; whether there was one."""
        found = [stop for ticket, stop in self._live.items() if ticket.id == identifier]
        for stop in found:
            stop(error)
        return bool(found)


class _Recorded:
    """See `Registry.recorded`; entered with each query, so it is no generator."""

    __slots__ = ("_registry", "_ticket")

    def __init__(self, registry: Registry, ticket: Ticket) -> None:
        self._registry = registry
        self._ticket = ticket

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        ticket = self._ticket
        if error is None:
            ticket.end(State.FINISHED, "answered")
        elif isinstance(error, CoopgraphError):
            error.query_id = ticket.id
            ticket.fail(error)
        elif isinstance(error, asyncio.CancelledError):
            ticket.end(State.CANCELLED, "gone")
        else:
            ticket.end(State.REFUSED, "internal")
        self._registry.close(ticket)
