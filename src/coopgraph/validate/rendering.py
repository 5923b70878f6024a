"""A verdict for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coopgraph import terms
from coopgraph.model.finding import Severity

if TYPE_CHECKING:
    from coopgraph.model.finding import Finding
    from coopgraph.validate.verdict import Verdict


def human(verdict: Verdict) -> str:
    """The findings that matter, a line each, and a closing line with all counts."""
    lines = [
        f"{severity}: {_offender(finding)}: {finding.message or finding.component}"
        for severity in (Severity.VIOLATION, Severity.WARNING)
        for finding in verdict.findings
        if finding.severity is severity
    ]
    counts = f"{verdict.violations} violations, {verdict.warnings} warnings, {verdict.infos} notes"
    return "\n".join([*lines, counts])


def _offender(finding: Finding) -> str:
    """What to look at: the focus, and the value where there is one; terms shortened, literals as they are."""
    return " ".join(
        terms.compact(text[1:-1]) if text.startswith("<") else text for text in (finding.focus, finding.value) if text
    )


def as_json(verdict: Verdict) -> str:
    """The summary and all findings as JSON."""
    findings = [{name: getattr(finding, name) for name in finding.__slots__} for finding in verdict.findings]
    return json.dumps(verdict.summary() | {"findings": findings}, ensure_ascii=False, indent=2)
