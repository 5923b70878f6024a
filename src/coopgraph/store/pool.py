"""Who answers questions, whatever is behind it: reader processes, or a remote store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coopgraph.store.port import Place
    from coopgraph.store.question import Answer, Question
    from coopgraph.store.tickets import Registry, Ticket


class Pool(Protocol):
    """Answers questions on one event loop, each within its limits or not at all, several at once."""

    @property
    def registry(self) -> Registry:
        """The tickets of what runs and what ran."""
        ...

    @property
    def idle(self) -> int:
        """How many more questions could be answered now."""
        ...

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn."""
        ...

    async def start(self) -> None:
        """Wait until a question could be asked.

        Raises:
            CoopgraphError: if none can.
        """
        ...

    async def answer(self, question: Question, place: Place, ticket: Ticket | None = None, /) -> Answer:
        """The whole answer from this place.

        Raises:
            CoopgraphError: with the id of the ticket, if there is none.
        """
        ...

    def cancel(self, identifier: str) -> bool:
        """Stop the questions that have this ticket id, whether they run or wait; whether there was one."""
        ...

    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that answer now or could."""
        ...

    async def close(self) -> None:
        """End everything; questions that are being answered fail."""
        ...
