"""What coopgraph asks of a SHACL engine, and how its report is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from coopgraph import terms
from coopgraph.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

SH: Final = terms.PREFIXES["sh"]


class Runner(Protocol):
    """A SHACL engine."""

    name: str

    def run(self, data: bytes, shapes: bytes) -> tuple[Finding, ...]:
        """What the engine finds in N-Triples by shapes in Turtle, sorted, each result once.

        Raises:
            CoopgraphError: "syntax" if one of the two cannot be read.
        """
        ...


def code_of(shape: str, message: str) -> str:
    """The code of a rule: the first word of its message, or the last part of the shape's name without one."""
    return message.split(" ", 1)[0] if message else shape.strip("<>").rpartition("/")[2]


def severity_of(iri: str) -> Severity:
    """The severity that an IRI names; one that SHACL does not define counts as a violation."""
    name = iri.strip("<>").removeprefix(SH)
    return Severity(name) if name in set(Severity) else Severity.VIOLATION


def collected(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings sorted, each once."""
    return tuple(sorted(set(findings)))
