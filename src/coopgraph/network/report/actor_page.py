"""The report on one node as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.page import Page
from coopgraph.network.report.words import account, asked, limits, made, measures, person

if TYPE_CHECKING:
    from coopgraph.network.report.acting import ActorReport


def page(report: ActorReport) -> Page:
    """All sections in the order in which a reader needs them."""
    return Page(
        report.title,
        f"What place does {report.row.label} have in this network, and what made it?",
        made.origin(report.source),
        (
            person.summary(report),
            person.ranks(report),
            person.joined(report),
            person.ties(report),
            person.place(report),
            person.course(report),
            account.section(report, report.account),
            person.documents(report),
            limits.section(report.limits),
            asked.asked(report.about, report.taken),
            measures.measures(report.measures),
            made.made(report.source, report.software, report.parameters),
        ),
    )
