"""The comparison of two networks as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.page import Page, Paragraph, Section
from coopgraph.network.report.words import comparison, limits, made, measures

if TYPE_CHECKING:
    from coopgraph.network.report.compared import ComparisonReport


def page(report: ComparisonReport) -> Page:
    """All sections in the order in which a reader needs them."""
    before, after = report.before.source, report.after.source
    origin = made.origin(after)
    if before.digest != after.digest:
        origin = f"{made.origin(before)} {origin}"
    return Page(
        report.title,
        "What do two networks have in common, and who moved from one to the other?",
        origin,
        (
            Section("summary", "In short", tuple(map(Paragraph, report.summary))),
            comparison.sides(report),
            comparison.moves(report),
            limits.section(report.limits),
            measures.measures(report.measures),
            made.made(after, report.software, report.parameters),
        ),
    )
