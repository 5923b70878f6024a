"""What the numbers cannot say, as far as the numbers themselves show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.language import number, plural, verb
from coopgraph.network.report.page import Bullets, Section

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport, NetworkReport


def section(found: tuple[str, ...]) -> Section:
    """The section on limits."""
    return Section("limits", "What the numbers cannot say", (Bullets(found),))


def centrality(report: CentralityReport) -> tuple[str, ...]:
    """The limits of a network, and those of ranks."""
    made = [*network(report)]
    if report.robustness.left_out is None or not report.robustness.bootstraps:
        made.append("Where no range or interval of ranks was computed, nothing is said about how far a rank holds.")
    if any(one.error for one in report.measures):
        made.append("Approximate values that differ by less than their error may stand in the wrong order.")
    return tuple(made)


def network(report: NetworkReport) -> tuple[str, ...]:
    """One sentence for each limit that applies to a network, after those that the report has already."""
    size, about = report.size, report.about
    kind = plural(about.source_kind)
    apart = f"any {about.source_kind} and {about.target_kind}" if about.mode == "two-mode" else f"two {kind}"
    made = [
        *report.limits,
        f"The network shows what {number(size.documents, 'document')} {verb(size.documents, 'says', 'say')}, not the "
        f"world: {apart} without a tie may well have one that no document of the release speaks of.",
    ]
    if report.missing.groups or report.missing.unnamed:
        made.append(
            "Whether two mentions of groups or of unnamed actors mean the same ones is unknown, so they are never "
            "merged; such nodes may hide ties."
        )
    if report.missing.persons and report.taken.roll_up == "none":
        made.append(
            "Persons are kept apart from the bodies they represent: what a minister does adds nothing to the ministry. "
            "Rolling up to organisations or states counts it there."
        )
    if report.missing.undated and (report.taken.since or report.taken.until):
        made.append("Statements without a date belong to no period for sure; whether they are missing here is unknown.")
    if size.components > 1:
        made.append(
            "No path joins separate parts of the network, so measures made of paths compare only nodes of one part."
        )
    if about.mode == "one-mode":
        made.append(
            f"A shared {about.target_kind} is taken as a tie between any two that share it; whether they had to do "
            "with one another there, the projection does not know."
        )
    return tuple(made)
