"""Compute the centrality report; nothing here depends on the clock, the machine or chance beyond the seed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coopgraph.network.progress import SILENT
from coopgraph.network.ranking import METHOD
from coopgraph.network.report import robust
from coopgraph.network.report.ground import ground
from coopgraph.network.report.model import CentralityReport
from coopgraph.network.report.parameters import Parameters
from coopgraph.network.report.parts import (
    about,
    cautions,
    chosen,
    communities,
    measured,
    missing,
    results,
    size,
    source,
    ties,
)
from coopgraph.network.report.parts.robustness import robustness
from coopgraph.network.report.parts.whole import whole
from coopgraph.network.report.quantities import DECIMALS
from coopgraph.network.report.words import limits, summary

if TYPE_CHECKING:
    from coopgraph.network.progress import Progress
    from coopgraph.network.report.ground import Ground
    from coopgraph.network.report.parts.source import Source
    from coopgraph.network.selection import Selected, Selection


def centrality(
    found: Selected,
    selection: Selection,
    origin: Source,
    parameters: Parameters | None = None,
    progress: Progress = SILENT,
) -> CentralityReport:
    """The report on what `select` found of a selection in the release that `origin` describes.

    Raises:
        CoopgraphError: if a measure is unknown or not defined for such a network; `CancelledError` if `progress` ends
            the work.
    """
    base = ground(found.affiliations, selection, parameters or Parameters(), progress)
    return _worded(_computed(found, base, origin, progress))


def _computed(found: Selected, base: Ground, origin: Source, progress: Progress) -> CentralityReport:
    again = robust.robust(base, progress)
    label = base.selection.projection.label
    return CentralityReport(
        title=f"Centrality: {label[0].lower()}{label[1:]}",
        source=origin,
        about=about.about(base.selection, origin.base),
        taken=about.taken(base.selection, found),
        parameters=chosen.chosen(base, DECIMALS),
        summary=(),
        cautions=cautions.cautions(base),
        size=size.size(base.affiliations, base.network),
        degrees=size.distribution(base.network),
        whole=whole(base.network),
        measures=measured.measured(base),
        headline=base.headline,
        ranking=METHOD,
        kinds=results.kinds(base),
        rows=results.results(base, again),
        ties=ties.ties(base),
        communities=communities.communities(base, communities.search(base)),
        robustness=robustness(base, again, robust.BUDGET),
        missing=missing.missing(base.affiliations),
        documents=missing.cited(base.affiliations),
        limits=(),
        software=source.software(tuple(dict.fromkeys(one.engine for one in base.values.values()))),
    )


def _worded(report: CentralityReport) -> CentralityReport:
    """The report with its sentences, which are made from its numbers."""
    return replace(report, summary=summary.sentences(report), limits=limits.sentences(report))
