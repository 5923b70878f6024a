"""The findings on a release, kept beside it: from them the next change is judged without judging everything."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Final

from coopgraph.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE: Final = "findings.json"
_FIELDS: Final = tuple(item.name for item in dataclasses.fields(Finding))


def packed(findings: Iterable[Finding]) -> list[list[str]]:
    """The findings for JSON."""
    return [[str(getattr(finding, name)) for name in _FIELDS] for finding in findings]


def unpacked(rows: Iterable[list[str]]) -> tuple[Finding, ...]:
    """The findings that `packed` packed."""
    found = (dict(zip(_FIELDS, row, strict=True)) for row in rows)
    return tuple(Finding(**one | {"severity": Severity(one["severity"])}) for one in found)  # type: ignore[arg-type]


def write(path: Path, findings: Iterable[Finding]) -> None:
    """Write the findings to a new file, one a line."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in packed(findings))
    path.write_text(f"[{rows}]\n", encoding="utf-8", errors="surrogatepass", newline="\n")


def read(directory: Path) -> tuple[Finding, ...] | None:
    """The findings on the release in this directory; None if it keeps none, or they cannot be read."""
    try:
        return unpacked(json.loads((directory / FILE).read_text(encoding="utf-8", errors="surrogatepass")))
    except (OSError, ValueError, TypeError):
        # Without them everything is judged; nothing is lost but time.
        return None
