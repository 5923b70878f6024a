"""Who may use the next free reader: clients take turns, none holds all readers, and none fills the queue alone."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REMEDY: Final = "Try again in a moment."

T = TypeVar("T")


def closing() -> CoopgraphError:
    """What everybody is told who waits or runs when nobody has a turn any more."""
    return CoopgraphError("busy", "The service is being stopped.", remedy=REMEDY)


class Turns(Generic[T]):
    """The queue of those who wait for one of `readers`, at most `waiting` of them, each belonging to a client.

    One reader is always left to the other clients, if there is more than one, since nobody knows beforehand which
    query runs for long; and half of the places to wait are. Those whose client has no name are bounded only together.
    """

    def __init__(self, *, readers: int, waiting: int) -> None:
        self._most_held = max(1, readers - 1)
        self._most_waiting = waiting
        self._share = max(1, waiting // 2)
        self._queues: dict[str, deque[T]] = {}
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def may_hold(self, client: str, holders: Iterable[str | None]) -> bool:
        """Whether the client may have one more reader when these clients hold those that are taken."""
        return not client or tuple(holders).count(client) < self._most_held

    def enter(self, client: str, item: T) -> None:
        """Take a place at the end.

        Raises:
            CoopgraphError: "busy" if there is none, or none for this client.
        """
        if self._length >= self._most_waiting:
            raise CoopgraphError("busy", f"{self._length} queries are waiting already.", remedy=REMEDY)
        queue = self._queues.setdefault(client, deque())
        if client and len(queue) >= self._share:
            raise CoopgraphError("busy", f"{len(queue)} queries of yours are waiting already.", remedy=REMEDY)
        queue.append(item)
        self._length += 1

    def reenter(self, client: str, items: Sequence[T]) -> None:
        """Take the first places again, with what had been called already; there is always room for them."""
        self._queues.setdefault(client, deque()).extendleft(reversed(items))
        self._length += len(items)

    def leave(self, client: str, item: T) -> None:
        """Give up a place; nothing happens if it was given up before."""
        queue = self._queues.get(client)
        if queue is not None and item in queue:
            queue.remove(item)
            self._took_one_from(client, queue)

    def next(self, holders: Iterable[str | None]) -> tuple[str, T] | None:
        """Who is next when these clients hold readers, taken out of the queue; None if nobody may be."""
        held = tuple(holders)
        for client, queue in self._queues.items():
            if self.may_hold(client, held):
                item = queue.popleft()
                self._took_one_from(client, queue)
                if queue:
                    # The others first, before this client is served again.
                    self._queues[client] = self._queues.pop(client)
                return client, item
        return None

    def more(self, client: str, most: int) -> list[T]:
        """Up to so many more of this client, taken out of the queue; none as long as anybody else is there."""
        queue = self._queues.get(client)
        if queue is None or len(self._queues) > 1:
            return []
        found = [queue.popleft() for _ in range(min(most, len(queue)))]
        self._length -= len(found)
        if not queue:
            del self._queues[client]
        return found

    def _took_one_from(self, client: str, queue: deque[T]) -> None:
        self._length -= 1
        if not queue:
            del self._queues[client]
