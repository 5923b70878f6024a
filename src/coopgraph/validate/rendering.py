"""A verdict for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coopgraph import terms
from coopgraph.model.finding import Severity

if TYPE_CHECKING:
    from coopgraph.validate.verdict import Verdict


def human(verdict: Verdict) -> str:
    """The findings that matter, a line each, and a closing line with all counts."""
    lines = [
        f"{finding.severity}: {terms.compact(finding.focus.strip('<>'))}: {finding.message}"
        for finding in verdict.findings
        if finding.severity is not Severity.INFO
    ]
    counts = f"{verdict.violations} violations, {verdict.warnings} warnings, {verdict.infos} notes"
    return "\n".join([*lines, counts])


def as_json(verdict: Verdict) -> str:
    """The summary and all findings as JSON."""
    findings = [{name: getattr(finding, name) for name in finding.__slots__} for finding in verdict.findings]
    return json.dumps(verdict.summary() | {"findings": findings}, ensure_ascii=False, indent=2)
