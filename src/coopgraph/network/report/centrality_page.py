"""The centrality report as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.page import Page
from coopgraph.network.report.words import (
    account,
    asked,
    brokers,
    change,
    communities,
    limits,
    made,
    measures,
    results,
    robustness,
    sources,
    summary,
    whole,
)  # fmt: skip

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport


def page(report: CentralityReport) -> Page:
    """All sections in the order in which a reader needs them."""
    opened = () if report.explained is None else (account.section(report, report.explained),)
    return Page(
        report.title,
        report.about.question,
        made.origin(report.source),
        (
            summary.summary(report),
            asked.asked(report.about, report.taken),
            whole.network(report),
            results.results(report),
            *opened,
            communities.communities(report),
            brokers.brokers(report.brokers),
            change.change(report),
            robustness.robustness(report),
            sources.sources(report),
            limits.section(report.limits),
            measures.measures(report.measures, whole.formulas(report.whole)),
            made.made(report.source, report.software, report.parameters),
        ),
    )
