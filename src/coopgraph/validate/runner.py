"""What coopgraph asks of a SHACL engine, and how its report is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from coopgraph import terms
from coopgraph.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

SH: Final = terms.PREFIXES["sh"]
_CODE: Final = re.compile(r"[A-Z]{1,3}[0-9]{2,3}")


class Runner(Protocol):
    """A SHACL engine."""

    @property
    def name(self) -> str:
        """What the engine is called in settings and reports."""
        ...

    def run(self, data: bytes, shapes: bytes) -> tuple[Finding, ...]:
        """What the engine finds in N-Triples by shapes in Turtle, sorted, each result once.

        Raises:
            CoopgraphError: "syntax" if one of the two cannot be read.
        """
        ...


def code_of(shape: str, message: str, component: str) -> str:
    """The code that the message begins with; else the last part of the shape's name, else that of the component."""
    first = message.split(" ", 1)[0]
    if _CODE.fullmatch(first):
        return first
    return re.split(r"[/#:]", (shape or component).strip("<>"))[-1]


def severity_of(iri: str) -> Severity:
    """The severity that an IRI names; one that SHACL does not define counts as a violation."""
    name = iri.strip("<>").removeprefix(SH)
    return Severity(name) if name in set(Severity) else Severity.VIOLATION


def collected(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings sorted, each once."""
    return tuple(sorted(set(findings)))
