"""The report as Markdown that reads well as plain text too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coopgraph.network.report.as_html import environment

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport


def render(report: CentralityReport) -> str:
    """CommonMark with pipe tables."""
    template = environment(escape=False)
    template.filters["md"] = escape
    return template.get_template("centrality.md.j2").render(report=report)


def escape(text: str) -> str:
    """The text with the characters that Markdown would read as markup taken at their word."""
    return re.sub(r"([\\`*_{}\[\]<>|#~])", r"\\\1", text)
