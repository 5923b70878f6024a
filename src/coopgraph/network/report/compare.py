"""Compute the comparison of two networks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coopgraph.errors import CoopgraphError
from coopgraph.network.change.comparison import compare as compared
from coopgraph.network.change.snapshot import Snapshot
from coopgraph.network.progress import SILENT
from coopgraph.network.report.compared import ByMeasure, ComparisonReport, Moved, Shared, Side
from coopgraph.network.report.ground import ground
from coopgraph.network.report.parameters import Parameters
from coopgraph.network.report.parts import about, chosen, measured, size, source
from coopgraph.network.report.parts.whole import whole
from coopgraph.network.report.quantities import known
from coopgraph.network.report.single import ranking
from coopgraph.network.report.words import comparison

if TYPE_CHECKING:
    from coopgraph.network.change.comparison import Comparison, Overlap
    from coopgraph.network.change.comparison import Moved as Found
    from coopgraph.network.progress import Progress
    from coopgraph.network.report.ground import Ground
    from coopgraph.network.report.parts.source import Source
    from coopgraph.network.selection import Selected, Selection


@dataclass(frozen=True, slots=True)
class Operand:
    """One of the two networks to compare: what was found of a selection in a release, and how it is called."""

    name: str
    found: Selected
    selection: Selection
    origin: Source


def compare(
    before: Operand, after: Operand, parameters: Parameters | None = None, progress: Progress = SILENT
) -> ComparisonReport:
    """The report on both; the measures are those that both networks have.

    Raises:
        CoopgraphError: "request" if no measure is defined for both; else as `ground`.
    """
    asked = parameters or Parameters()
    first, second = (ground(one.found.affiliations, one.selection, asked, progress) for one in (before, after))
    shared = [one.name for one in first.plan.measures if one.name in second.scores]
    if not shared:
        raise CoopgraphError(
            "request", "No measure is defined for both networks.", remedy="Name one that is, with --measure."
        )
    found = compared(_snapshot(before.name, first), _snapshot(after.name, second))
    headline = second.headline if second.headline in shared else shared[0]
    engines = dict.fromkeys(one.engine for base in (first, second) for one in base.values.values())
    report = ComparisonReport(
        title=f"Comparison: {before.name} and {after.name}",
        before=_side(before, first),
        after=_side(after, second),
        parameters=replace(chosen.chosen(second), measures=tuple(shared)),
        summary=(),
        nodes=_shared(found.actors),
        ties=_shared(found.ties),
        measures=tuple(one for one in measured.measured(second) if one.name in shared),
        headline=headline,
        ranking=ranking(second),
        by_measure=tuple(_by_measure(name, found, first, second, asked.top) for name in shared),
        limits=tuple(dict.fromkeys(first.omitted + second.omitted)),
        software=source.software(tuple(engines)),
    )
    return replace(report, summary=comparison.sentences(report), limits=comparison.limits(report))


def _snapshot(name: str, base: Ground) -> Snapshot:
    return Snapshot(
        name=name,
        nodes=base.affiliations.nodes,
        groups=base.groups,
        network=base.network,
        scores=base.scores,
        ranks=base.ranks,
    )


def _side(one: Operand, base: Ground) -> Side:
    return Side(
        name=one.name,
        source=one.origin,
        about=about.about(one.selection, one.origin.base),
        taken=about.taken(one.selection, one.found),
        size=size.size(base.affiliations, base.network),
        whole=whole(base.network),
    )


def _shared(one: Overlap) -> Shared:
    return Shared(one.both, one.only_first, one.only_second, known(one.jaccard))


def _by_measure(name: str, found: Comparison, first: Ground, second: Ground, top: int) -> ByMeasure:
    rows = found.rows[name]
    agreement = found.agreement[name]
    values = tuple(_values(base, name) for base in (first, second))
    listed = _listed(rows, top)
    return ByMeasure(
        measure=name,
        tau=known(agreement.tau),
        rho=known(agreement.rho),
        nodes=agreement.n,
        of=len(rows),
        rows=tuple(
            Moved(
                iri=row.node.iri,
                label=row.node.label,
                language=row.node.language,
                type=row.node.cls,
                value_before=values[0].get(row.node.iri),
                value_after=values[1].get(row.node.iri),
                before=row.before,
                after=row.after,
                rose=row.movement,
            )
            for row in listed
        ),
    )


def _listed(rows: tuple[Found, ...], top: int) -> tuple[Found, ...]:
    """The first `top` of the second network, and those of the first `top` of the first that are not among them."""
    last = len(rows) + 1
    best = sorted((row for row in rows if row.before is not None), key=lambda row: (row.before or last, row.node.iri))
    wanted = {row.node.iri for row in (*rows[:top], *best[:top])}
    return tuple(row for row in rows if row.node.iri in wanted)


def _values(base: Ground, name: str) -> dict[str, float | None]:
    there = base.network.origin.tolist()
    return {base.affiliations.nodes.iri[node]: known(float(base.scores[name][node])) for node in there}
