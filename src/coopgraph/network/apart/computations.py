"""What a service has computed of a release: a file, a summary, the evidence of a tie, or a report."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.store.apart import Apart, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.formats.origin import Origin
    from coopgraph.network.selection import Selection

ANSWER: Final = "answer"

_KIND: Final = Kind(
    module="coopgraph.network.apart.process",
    name="computation",
    remedy="Ask for a shorter period, or compute it with the command coopgraph.",
    limit="computations",
    time="computation_seconds",
    patience=10.0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One computation: a task by name, the selection that it is about, where the release is from, and its options."""

    task: str
    selection: Selection
    origin: Origin
    options: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """All of it in plain values: everything that the bytes of the answer depend on."""
        return {
            "task": self.task,
            "projection": self.selection.projection.name,
            "parameters": self.selection.parameters,
            "origin": asdict(self.origin),
            "options": dict(self.options),
        }


class Computations:
    """At most `at_once`, each of at most `seconds`, `memory` bytes and an answer of `size` bytes."""

    def __init__(self, *, seconds: float, memory: int, size: int, at_once: int) -> None:
        self._size = size
        self._apart = Apart(_KIND, seconds=seconds, memory=memory, at_once=at_once)

    def run(self, wanted: Wanted, *, store: Path | None, nquads: Path | None = None) -> bytes:
        """The answer, read from the directory of a sealed store, or from N-Quads in the default base.

        Raises:
            CoopgraphError: "deadline", "memory", "too-large", "busy", "not-found" for a tie that is none, and whatever
                else the task raises.
        """
        with self._apart.workspace() as workspace:
            self._apart.run(
                workspace,
                {
                    **wanted.as_dict(),
                    "store": None if store is None else str(store),
                    "nquads": None if nquads is None else str(nquads),
                    "size": self._size,
                },
            )
            return (workspace / ANSWER).read_bytes()

    def close(self) -> None:
        """End what runs, and begin nothing any more; who waits for it gets "busy"."""
        self._apart.close()
