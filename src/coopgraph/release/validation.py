"""Data that anybody hands over, judged by the shapes in a process of its own, which can be killed at any time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.store.apart import Apart, Kind

if TYPE_CHECKING:
    from pathlib import Path

DATA: Final = "data"
REPORT: Final = "report"

_KIND: Final = Kind(
    module="coopgraph.release.validation_process",
    name="validation",
    remedy="Send less, or validate with the command coopgraph validate.",
    limit="validations",
)


@dataclass(frozen=True, slots=True)
class Posted:
    """RDF that somebody posted, and how its report is wanted: in an RDF format, or with `application/json` as JSON.

    `document` is the IRI that its relative IRIs are relative to, `base` the base of the IRIs in it that are ours.
    With `release`, the N-Quads file of a release in the default base, both are judged together.
    """

    content: bytes
    media_type: str
    document: str
    base: str
    report: str
    release: Path | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The report, and the number of findings by severity."""

    report: bytes
    conforms: bool
    violations: int
    warnings: int
    infos: int


class Validations:
    """At most `at_once` validations, each of at most `seconds`, `memory` bytes and a report of `size` bytes."""

    def __init__(self, *, seconds: float, memory: int, size: int, at_once: int) -> None:
        self._size = size
        self._apart = Apart(_KIND, seconds=seconds, memory=memory, at_once=at_once)

    def run(self, posted: Posted) -> Judged:
        """What the shapes say of the data: those of the release it is judged with, else the shipped ones.

        Raises:
            CoopgraphError: "syntax", with line and column, "media-type", "too-large", "too-deep", "deadline", "memory",
                or "busy" if as many validations run as may.
        """
        with self._apart.workspace() as workspace:
            (workspace / DATA).write_bytes(posted.content)
            told = {name: value for name, value in asdict(posted).items() if name != "content"}
            told["release"] = None if posted.release is None else str(posted.release)
            outcome = self._apart.run(workspace, told | {"size": self._size})
            return Judged(report=(workspace / REPORT).read_bytes(), **outcome)

    def close(self) -> None:
        """End what runs, and begin nothing any more; who waits for it gets "busy"."""
        self._apart.close()
