"""All checks, with the severity and the message that the shapes give each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph.model.finding import Finding
from coopgraph.validate.checks.labels import same_label
from coopgraph.validate.checks.literals import spelling
from coopgraph.validate.checks.names import position
from coopgraph.validate.checks.placement import placed
from coopgraph.validate.runner import SH, collected, severity_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad, Triple

    from coopgraph.validate.checks.breach import Breach

COMPONENT: Final = NamedNode(terms.SHAPES + "check")
CHECKS: Final[tuple[Callable[[Sequence[Quad]], Iterator[Breach]], ...]] = (same_label, position, spelling, placed)
_SEVERITY: Final = NamedNode(SH + "severity")
_MESSAGE: Final = NamedNode(SH + "message")
_CODE: Final = re.compile(re.escape(terms.SHAPES) + r"(K\d+)")


def check(quads: Sequence[Quad], shapes: Sequence[Triple]) -> tuple[Finding, ...]:
    """What the checks find that the shapes declare; shapes of others declare none."""
    rules = _declared(shapes)
    if not rules:
        return ()
    return collected(
        _finding(breach, *rules[breach.code]) for judge in CHECKS for breach in judge(quads) if breach.code in rules
    )


def _declared(shapes: Sequence[Triple]) -> Mapping[str, tuple[str, str]]:
    severities: dict[str, str] = {}
    messages: dict[str, str] = {}
    for triple in shapes:
        found = _CODE.fullmatch(triple.subject.value) if isinstance(triple.subject, NamedNode) else None
        if found and triple.predicate == _SEVERITY:
            severities[found[1]] = str(triple.object)
        elif found and triple.predicate == _MESSAGE and isinstance(triple.object, Literal):
            messages[found[1]] = triple.object.value
    return {code: (severities.get(code, SH + "Violation"), message) for code, message in messages.items()}


def _finding(breach: Breach, severity: str, message: str) -> Finding:
    return Finding(
        code=breach.code,
        severity=severity_of(severity),
        focus=str(breach.focus),
        path="" if breach.path is None else str(breach.path),
        value="" if breach.value is None else str(breach.value),
        message=message,
        shape=f"<{terms.SHAPES}{breach.code}>",
        component=str(COMPONENT),
    )
