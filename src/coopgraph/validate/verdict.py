"""The verdict on a graph."""

from __future__ import annotations

from dataclasses import dataclass

from coopgraph.model.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings, sorted; the graph conforms if none of them is a violation."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether the graph may be published."""
        return self.violations == 0

    @property
    def violations(self) -> int:
        """The number of violations."""
        return self._count(Severity.VIOLATION)

    @property
    def warnings(self) -> int:
        """The number of warnings."""
        return self._count(Severity.WARNING)

    @property
    def infos(self) -> int:
        """The number of findings that are only work to do."""
        return self._count(Severity.INFO)

    def summary(self) -> dict[str, int | bool]:
        """What a manifest says of the verdict."""
        return {
            "conforms": self.conforms,
            "violations": self.violations,
            "warnings": self.warnings,
            "infos": self.infos,
        }

    def _count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)
