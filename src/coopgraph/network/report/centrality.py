"""Compute the centrality report; nothing here depends on the clock, the machine or chance beyond the seed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coopgraph.network.progress import SILENT
from coopgraph.network.report import robust
from coopgraph.network.report.ground import ground
from coopgraph.network.report.model import CentralityReport
from coopgraph.network.report.parameters import Parameters
from coopgraph.network.report.parts.account import account, no_passages
from coopgraph.network.report.parts.brokers import brokers
from coopgraph.network.report.parts.change import change
from coopgraph.network.report.parts.robustness import robustness
from coopgraph.network.report.single import single
from coopgraph.network.report.words import limits, summary

if TYPE_CHECKING:
    from coopgraph.network.progress import Progress
    from coopgraph.network.report.parts.account import Passages
    from coopgraph.network.report.parts.source import Source
    from coopgraph.network.selection import Selected, Selection


def centrality(
    found: Selected,
    selection: Selection,
    origin: Source,
    parameters: Parameters | None = None,
    progress: Progress = SILENT,
    *,
    explained: str = "",
    passages: Passages = no_passages,
) -> CentralityReport:
    """The report on what `select` found of a selection in the release that `origin` describes.

    `explained` names a node whose rank by the measure that orders the report is opened, with the `passages` behind it.

    Raises:
        CoopgraphError: if a measure is unknown or not defined for such a network, or the node is; "cancelled" if
            `progress` ends the work.
    """
    base = ground(found.affiliations, selection, parameters or Parameters(), progress)
    # The node is looked up before anything that takes long.
    opened = account(base, base.named(explained, origin.base), origin.base, passages, progress) if explained else None
    again = robust.robust(base, progress)
    label = selection.projection.label
    report = CentralityReport(
        title=f"Centrality: {label[0].lower()}{label[1:]}",
        **single(found, base, origin, again),
        brokers=brokers(base, robust.BUDGET),
        change=change(base, progress),
        robustness=robustness(base, again, robust.BUDGET),
        explained=opened,
    )
    return replace(report, summary=summary.centrality(report), limits=limits.centrality(report))
