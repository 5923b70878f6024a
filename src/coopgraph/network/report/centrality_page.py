"""The centrality report as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report import pictures
from coopgraph.network.report.page import Page
from coopgraph.network.report.words import (
    asked,
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
    chosen = report.parameters
    parameters = (
        ("Seed", f"{chosen.seed}"),
        ("Nodes listed of each kind", f"{chosen.top:,} at most"),
        ("Engine", chosen.engine or "chosen by the size of the network"),
        *((("Backend of networkx", chosen.backend),) if chosen.backend else ()),
        ("Decimals", f"{chosen.decimals}"),
    )
    return Page(
        report.title,
        report.about.question,
        made.origin(report.source),
        (
            summary.summary(report),
            asked.asked(report.about, report.taken),
            whole.network(report, pictures.network(report)),
            results.results(report),
            communities.communities(report),
            robustness.robustness(report),
            sources.sources(report),
            limits.limits(report),
            measures.measures(report.measures),
            made.made(report.source, report.software, parameters),
        ),
    )
