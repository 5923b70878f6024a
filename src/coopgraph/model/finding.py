"""What validation found, in the words of the SHACL recommendation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; only a violation stops a build."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One result: terms are written as in N-Triples, an empty string where a result has none."""

    code: str
    severity: Severity
    focus: str
    path: str
    value: str
    message: str
    shape: str
    component: str
