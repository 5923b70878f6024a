"""The whole report as JSON, described by the schema beside this file."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport

FORMAT: Final = "coopgraph-centrality-report"
VERSION: Final = 1


def render(report: CentralityReport) -> str:
    """The report's members by name, with the format's name and version first."""
    members: dict[str, Any] = {"format": FORMAT, "version": VERSION, **asdict(report)}
    members["software"] = dict(report.software)
    for row in members["rows"]:
        row["class"] = row.pop("cls")
    return json.dumps(members, ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every rendering satisfies."""
    text = files("coopgraph.network.report").joinpath("centrality.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
