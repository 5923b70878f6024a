"""The comparison of two networks, in sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.language import inside, listing, moved, number, phrase, plural, share, value, verb, whole
from coopgraph.network.report.page import Block, Cell, Column, Paragraph, Section, Table, Terms
from coopgraph.network.report.words.asked import period
from coopgraph.network.report.words.whole import figure

if TYPE_CHECKING:
    from coopgraph.network.report.compared import ByMeasure, ComparisonReport, Moved, Shared, Side

_LED = 3


def sentences(report: ComparisonReport) -> tuple[str, ...]:
    """What both have in common, and who moved."""
    before, after = report.before, report.after
    made = [_small(side) for side in (before, after) if side.size.ties == 0]
    made.append(
        f"“{before.name}”: {number(before.size.nodes, 'node')}, {number(before.size.ties, 'tie')}, "
        f"{number(before.size.documents, 'document')}. “{after.name}”: {number(after.size.nodes, 'node')}, "
        f"{number(after.size.ties, 'tie')}, {number(after.size.documents, 'document')}."
    )
    made.append(_common("node", report.nodes, report))
    made.append(_common("tie", report.ties, report))
    found = report.moves(report.headline)
    label = inside(report.label(report.headline))
    if found.tau is not None:
        made.append(
            f"Over the {number(found.nodes, 'node')} of both, the rankings by {label} agree by {value(found.tau)} "
            "(Kendall's tau-b: 1 the same, 0 unrelated, -1 reversed)."
        )
    elif found.nodes:
        reason = (
            "only one node is in both"
            if found.nodes == 1
            else "all nodes of both have the same value in one of the two"
        )
        made.append(f"Whether the rankings by {label} agree cannot be said: {reason}.")
    made += _leaders(before, [one for one in found.rows if one.before == 1], label)
    made += _leaders(after, [one for one in found.rows if one.after == 1], label)
    return tuple(made)


def _small(side: Side) -> str:
    return f"“{side.name}” has no tie at all, so nothing about ranks can be said of it."


def _common(noun: str, one: Shared, report: ComparisonReport) -> str:
    every = one.both + one.only_before + one.only_after
    return (
        f"Of {number(every, noun)}, {one.both:,} ({share(one.both, every)}) {verb(one.both, 'is', 'are')} in both, "
        f"{one.only_before:,} only in “{report.before.name}” and {one.only_after:,} only in “{report.after.name}”."
    )


def _leaders(side: Side, first: list[Moved], label: str) -> list[str]:
    if not first or not side.size.ties:
        return []
    if len(first) > _LED:
        return [f"“{side.name}”: {len(first):,} of those listed share the first rank by {label}."]
    return [
        f"“{side.name}”: {listing([one.label for one in first])} {verb(len(first), 'has', 'share')} rank 1 by {label}."
    ]


def limits(report: ComparisonReport) -> tuple[str, ...]:
    """What the comparison cannot say."""
    made = [
        *report.limits,
        "Ranks count within each network: a node can fall because others came, and rise because others left.",
        "Nodes are the same if they have the same identifier; what was named differently is not matched.",
    ]
    if report.before.size.documents != report.after.size.documents:
        made.append(
            "The two rest on different numbers of documents, so part of what looks like change may be that more, or "
            "less, is reported."
        )
    if any(side.taken.undated and (side.taken.since or side.taken.until) for side in (report.before, report.after)):
        made.append("Statements without a date are in no period.")
    return tuple(made)


def sides(report: ComparisonReport) -> Section:
    """What the two networks are."""
    pairs = [(one, label) for one, label in ((report.before, "First"), (report.after, "Second"))]
    return Section(
        "sides",
        "The two networks",
        (Terms(tuple((f"{label}: {one.name}", _told(one)) for one, label in pairs)), _wholes(report)),
    )


def _told(one: Side) -> str:
    about = one.about
    rule = "" if about.rule == "none" else f", rule {about.rule}"
    return (
        f"{about.label} (projection {about.projection}{rule}), release {one.source.release} of {one.source.date}; "
        f"period: {period(one.taken)}; level: {one.taken.roll_up}; {number(one.taken.statements, 'statement')}"
    )


def _wholes(report: ComparisonReport) -> Table:
    first, second = ({one.name: one for one in side.whole} for side in (report.before, report.after))
    names = [name for name in first if name in second]
    return Table(
        "Measures of the whole network in both",
        (Column("Measure"), Column(report.before.name, numeric=True), Column(report.after.name, numeric=True)),
        tuple((Cell(first[name].label), Cell(figure(first[name])), Cell(figure(second[name]))) for name in names),
    )


def moves(report: ComparisonReport) -> Section:
    """Who moved, by each measure."""
    agreements = Table(
        "How far the rankings agree over the nodes of both",
        (
            Column("Measure"),
            *(Column(name, numeric=True) for name in ("Kendall's tau-b", "Spearman's rho", "Nodes of both")),
        ),
        tuple(
            (Cell(report.label(one.measure)), Cell(value(one.tau)), Cell(value(one.rho)), Cell(whole(one.nodes)))
            for one in report.by_measure
        ),
    )
    blocks: tuple[Block, ...] = (Paragraph(report.ranking), agreements)
    return Section("moves", "Who moved", blocks, tuple(_moves(report, one) for one in report.by_measure))


def _moves(report: ComparisonReport, one: ByMeasure) -> Section:
    label = report.label(one.measure)
    told = "all" if len(one.rows) == one.of else f"the first in either, {len(one.rows):,} of {one.of:,}"
    columns = (
        Column(report.after.about.source_kind.capitalize()),
        Column("Class"),
        *(Column(name, numeric=True) for name in (f"Rank, {report.before.name}", f"Rank, {report.after.name}")),
        Column("Movement"),
        *(Column(name, numeric=True) for name in (f"Value, {report.before.name}", f"Value, {report.after.name}")),
    )
    rows = tuple(
        (
            Cell(row.label, iri=row.iri, language=row.language),
            Cell(phrase(row.type)),
            Cell(whole(row.before)),
            Cell(whole(row.after)),
            Cell(moved(row.before, row.after)),
            Cell(value(row.value_before)),
            Cell(value(row.value_after)),
        )
        for row in one.rows
    )
    kinds = plural(report.after.about.source_kind)
    return Section(
        f"moves-{one.measure}", label, (Table(f"Ranks of {kinds} by {inside(label)}: {told}", columns, rows),)
    )
