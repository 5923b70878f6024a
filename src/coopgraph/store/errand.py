"""One question on its way to a reader and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncio

    from coopgraph.errors import CoopgraphError
    from coopgraph.store.question import Answer
    from coopgraph.store.tickets import Ticket


class Busy(Protocol):
    """Who has been given questions; `ReaderProcess` says what its methods do."""

    def leave(self, errand: Errand) -> None:
        """Nobody waits for this one any more."""
        ...

    def stop(self, errand: Errand, error: CoopgraphError) -> None:
        """End this one with the error."""
        ...


@dataclass(slots=True, eq=False)
class Errand:
    """A packed question to the store in a directory; `result` is what comes of it, `reader` who has it, if any has.

    `due` is the time on the monotonic clock until which it waits for a reader, 0 if it has not waited yet.
    """

    message: bytes
    directory: str
    ticket: Ticket
    result: asyncio.Future[Answer]
    reader: Busy | None = None
    due: float = 0.0

    def fail(self, error: CoopgraphError) -> None:
        """End it with this error, unless it has ended."""
        if not self.result.done():
            self.result.set_exception(error)

    def succeed(self, answer: Answer) -> None:
        """End it with this answer, unless it has ended."""
        if not self.result.done():
            self.result.set_result(answer)
