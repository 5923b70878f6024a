"""Compute the report from participations; nothing here depends on the clock, the machine or chance."""

from __future__ import annotations

import platform
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from coopgraph import __version__, terms
from coopgraph.network import build, robustness
from coopgraph.network.measures import for_mode
from coopgraph.network.measures.pagerank import DAMPING, TOLERANCE
from coopgraph.network.ranking import DECIMALS, METHOD
from coopgraph.network.report import counts, model, wording
from coopgraph.network.report.rows import Scored
from coopgraph.network.report.rows import rows as make_rows

if TYPE_CHECKING:
    import networkx as nx

    from coopgraph.network.incidence import Incidence
    from coopgraph.network.projection import Projection


def centrality(
    incidence: Incidence, projection: Projection, source: model.Source, *, top: int | None = None
) -> model.CentralityReport:
    """The report; with `top`, it lists the nodes whose rank by the headline measure is at most that."""
    network = build.graph(incidence, projection)
    full = robustness.scores(incidence, projection)
    ranges = None
    if robustness.cost(incidence, projection) <= robustness.BUDGET:
        ranges = robustness.document_ranges(incidence, projection, full)
    largest = robustness.largest_event(incidence)
    reduced = None if largest is None else robustness.scores(incidence.without_event(largest), projection)
    rows = make_rows(incidence, network, Scored(full, ranges, reduced), headline=projection.headline)
    listed = tuple(row for row in rows if top is None or row.score(projection.headline).rank <= top)
    report = model.CentralityReport(
        title=f"Centrality: {projection.label[0].lower()}{projection.label[1:]}",
        source=source,
        software=_software(),
        about=_about(projection, source.base),
        parameters=model.Parameters(top, DAMPING, TOLERANCE, DECIMALS, METHOD),
        counts=counts.counts(incidence, network),
        largest_event=None if largest is None else counts.largest_event(incidence, network, largest, projection),
        documents=counts.documents(incidence),
        sensitivity=ranges is not None,
        measures=_measures(projection),
        headline=projection.headline,
        rows=listed,
        rows_in_all=len(rows),
        ties=_ties(network, {row.iri for row in listed}),
        summary=(),
        limits=(),
    )
    return replace(report, summary=wording.summary(report, rows), limits=wording.limits(report))


def _ties(network: nx.Graph, listed: set[str]) -> tuple[model.TieRow, ...]:
    return tuple(
        model.TieRow(
            source,
            target,
            tie["events"],
            tie["documents"],
            round(tie["strength"], DECIMALS),
            round(tie["distance"], DECIMALS),
        )
        for source, target, tie in network.edges(data=True)
        if source in listed and target in listed
    )


def _about(projection: Projection, base: str) -> model.About:
    return model.About(
        projection=projection.name,
        label=projection.label,
        question=projection.question,
        mode=projection.mode.value,
        node=projection.node,
        tie=projection.tie,
        weight=projection.weight,
        rule=projection.rule.name,
        rule_formula=projection.rule.formula,
        rule_reason=projection.rule.reason,
        boundary=projection.boundary,
        ties_query=terms.rebase(projection.ties, base),
        sources_query=terms.rebase(projection.sources, base),
    )


def _measures(projection: Projection) -> tuple[model.MeasureNote, ...]:
    return tuple(
        model.MeasureNote(
            item.name,
            item.label,
            item.mode.value,
            item.uses.value,
            item.meaning,
            item.formula,
            item.normalisation,
            item.source,
            item.doi,
        )
        for item in for_mode(projection.mode)
    )


def _software() -> tuple[tuple[str, str], ...]:
    libraries = ("networkx", "numpy", "scipy")
    return (
        ("coopgraph", __version__),
        *((name, version(name)) for name in libraries),
        ("Python", platform.python_version()),
    )
