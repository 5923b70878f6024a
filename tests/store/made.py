"""A small sealed store and pools that read it, for tests."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad

from coopgraph.store.blocking import BlockingReaders
from coopgraph.store.oxigraph import OxigraphBuilder
from coopgraph.store.workers import Limits, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from coopgraph.store.workers import Answer, Ticket

JSON = "application/sparql-results+json"
# Three nested loops: runs for minutes, and needs little memory.
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c + ?f + ?i < 0) }"


def seal(directory: Path, number: int, more: Iterable[Quad] = ()) -> Path:
    """A sealed store of so many numbered things."""
    builder = OxigraphBuilder(directory / "work")
    p = NamedNode("http://example.org/p")
    builder.load(Quad(NamedNode(f"http://example.org/{i}"), p, Literal(i)) for i in range(number))
    builder.load(more)
    builder.seal(directory / "sealed")
    builder.close()
    return directory / "sealed"


def limits(**changes: Any) -> Limits:
    """Limits that tests seldom meet, but for those named."""
    some: dict[str, Any] = {"readers": 1, "seconds": 10.0, "memory": 1_000_000_000, "rows": 1000, "size": 10**6}
    return Limits(**(some | changes))


class Pool(BlockingReaders):
    """Readers of one store."""

    def __init__(self, directory: Path, chosen: Limits) -> None:
        super().__init__(chosen)
        self.directory = directory

    def ask(self, question: Question, ticket: Ticket | None = None) -> Answer:
        """The answer of that store."""
        return self.run(question, self.directory, ticket)

    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that are up."""
        return self.pool.pids()

    def all_up(self) -> tuple[int, ...]:
        """The ids of the processes, once all are up."""
        assert until(lambda: len(self.pids()) == self.pool.limits.readers)
        return self.pids()


def gone(pid: int) -> bool:
    """Whether there is no such process any more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether the condition comes true in this time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return condition()
