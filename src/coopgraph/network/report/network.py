"""Compute the report on a network as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coopgraph.network.network import Mode
from coopgraph.network.progress import SILENT
from coopgraph.network.report import robust
from coopgraph.network.report.ground import ground
from coopgraph.network.report.model import NetworkReport
from coopgraph.network.report.parameters import Parameters
from coopgraph.network.report.single import single
from coopgraph.network.report.words import limits, summary

if TYPE_CHECKING:
    from coopgraph.network.progress import Progress
    from coopgraph.network.report.parts.source import Source
    from coopgraph.network.selection import Selected, Selection


def network(
    found: Selected,
    selection: Selection,
    origin: Source,
    parameters: Parameters | None = None,
    progress: Progress = SILENT,
) -> NetworkReport:
    """The report on what `select` found of a selection in the release that `origin` describes.

    Its rows are in the order of degree, unless measures are asked for.

    Raises:
        CoopgraphError: if a measure is unknown or not defined for such a network.
    """
    asked = parameters or Parameters()
    usual = ("two-mode-degree",) if selection.projection.mode is Mode.TWO_MODE else ("degree",)
    base = ground(found.affiliations, selection, replace(asked, measures=asked.measures or usual), progress)
    label = selection.projection.label
    report = NetworkReport(
        title=f"Network: {label[0].lower()}{label[1:]}", **single(found, base, origin, robust.NOTHING)
    )
    return replace(report, summary=summary.network(report), limits=limits.network(report))
