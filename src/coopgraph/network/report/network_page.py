"""The report on a network as a whole as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.page import Page, Section
from coopgraph.network.report.words import (
    asked,
    communities,
    limits,
    made,
    measures,
    results,
    sources,
    summary,
    whole,
)  # fmt: skip

if TYPE_CHECKING:
    from coopgraph.network.report.model import NetworkReport


def page(report: NetworkReport) -> Page:
    """All sections in the order in which a reader needs them."""
    spread = (whole.components(report), whole.degrees_picture(report), whole.degrees(report))
    return Page(
        report.title,
        report.about.question,
        made.origin(report.source),
        (
            summary.summary(report),
            asked.asked(report.about, report.taken),
            whole.network(report),
            Section("spread", "Parts and ties", spread),
            results.results(report),
            communities.communities(report),
            sources.sources(report),
            limits.section(report.limits),
            measures.measures(report.measures, whole.formulas(report.whole)),
            made.made(report.source, report.software, report.parameters),
        ),
    )
