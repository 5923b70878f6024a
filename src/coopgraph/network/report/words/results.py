"""The results as tables and as a chart of ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.drawing.rank_chart import rank_chart
from coopgraph.network.report.language import inside, number, phrase, plural, value, whole
from coopgraph.network.report.page import Block, Cell, Column, Paragraph, Picture, Section, Table
from coopgraph.network.report.words import marks, ranges

if TYPE_CHECKING:
    from coopgraph.network.report.model import NetworkReport
    from coopgraph.network.report.parts.results import Kind, Row, Score

CHARTED: Final = 25
_SIDE_BY_SIDE: Final = 6


def results(report: NetworkReport) -> Section:
    """One part for each kind of node."""
    first = report.kinds[0].kind
    parts = tuple(_kind(report, kind, first) for kind in report.kinds if kind.nodes)
    return Section("results", "Results", (Paragraph(report.ranking),), parts)


def _kind(report: NetworkReport, kind: Kind, first: str) -> Section:
    rows = [row for row in report.rows if row.kind == kind.kind]
    names = [one.name for one in report.measures]
    blocks: list[Block] = [Paragraph(text) for text in _listing(report, kind)]
    if any(row.score(report.headline).rank for row in rows):
        blocks.append(_chart(report, rows, first))
    blocks.append(_leading(report, rows, first))
    blocks += [
        _values(report, rows, first, names[start : start + _SIDE_BY_SIDE])
        for start in range(0, len(names), _SIDE_BY_SIDE)
    ]
    return Section(f"results-{kind.kind}", plural(kind.kind).capitalize(), tuple(blocks))


def _listing(report: NetworkReport, kind: Kind) -> tuple[str, ...]:
    label = inside(report.label(report.headline))
    if kind.listed == kind.nodes:
        return (f"All {number(kind.nodes, kind.kind)} are listed, by {label}, equal ranks by the sum of all ranks.",)
    cut = f" {kind.cut:,} not listed share the rank of the last listed." if kind.cut else ""
    return (
        f"Listed are the first {kind.listed:,} of {number(kind.nodes, kind.kind)}, by {label}, equal ranks by the sum "
        f"of all ranks.{cut}",
    )


def _chart(report: NetworkReport, rows: list[Row], first: str) -> Picture:
    label = inside(report.label(report.headline))
    shown = rows[:CHARTED]
    lines = ranges.lines((marks.mark(row, first), row.score(report.headline)) for row in shown)
    told = f"The ranks by {label} of the first {len(shown)} {plural(shown[0].kind)}, as the table below gives them."
    drawn = rank_chart(lines, name=f"ranks-{shown[0].kind}", title=f"Ranks by {label}", description=told)
    return Picture(
        f"Chart of the ranks of {plural(shown[0].kind)}", drawn, told, (*marks.key(shown), *ranges.key(lines))
    )


def _leading(report: NetworkReport, rows: list[Row], first: str) -> Table:
    label, kind = inside(report.label(report.headline)), rows[0].kind
    events = plural(report.about.target_kind)
    scored = [(row, row.score(report.headline)) for row in rows]
    columns = [
        (Column("No.", numeric=True), [Cell(marks.sign(row, first)) for row in rows]),
        (Column(kind.capitalize()), [Cell(row.label, iri=row.iri, language=row.language) for row in rows]),
        (Column("Class"), [Cell(phrase(row.type)) for row in rows]),
        (
            Column(plural(report.about.other(kind)).capitalize(), numeric=True),
            [Cell(whole(row.targets)) for row in rows],
        ),
        (Column("Documents", numeric=True), [Cell(whole(row.documents)) for row in rows]),
        (Column("Publishers", numeric=True), [Cell(whole(row.publishers)) for row in rows]),
        (Column("Ties", numeric=True), [Cell(whole(row.ties)) for row in rows]),
        (Column("Value", numeric=True), [Cell(value(score.value)) for _, score in scored]),
        (Column("Rank", numeric=True), [Cell(whole(score.rank)) for _, score in scored]),
    ]
    told = [f"{plural(kind).capitalize()} by {label}"]
    drawn = (
        ("One document less", "ranks when documents are left out one at a time", [each.left_out for _, each in scored]),
        ("Documents drawn", "intervals of ranks when documents are drawn anew", [each.documents for _, each in scored]),
        (
            f"{events.capitalize()} drawn",
            f"intervals of ranks when {events} are drawn anew",
            [each.events for _, each in scored],
        ),
    )
    for head, meaning, found in drawn:
        if any(found):
            columns.append((Column(head, numeric=True), list(map(ranges.interval, found))))
            told.append(meaning)
    if any(score.without_largest for _, score in scored):
        columns.append(
            (Column("Largest left out", numeric=True), [Cell(whole(score.without_largest)) for _, score in scored])
        )
        told.append(f"rank without the largest {report.about.target_kind}, – if gone without it")
    told.append("below a range: in how many of the runs the node is absent; + where that is too often for an upper end")
    heads, cells = zip(*columns, strict=True)
    return Table("; ".join(told), tuple(heads), tuple(zip(*cells, strict=True)), header=1)


def _values(report: NetworkReport, rows: list[Row], first: str, names: list[str]) -> Table:
    labels = [report.label(name) for name in names]
    return Table(
        f"{plural(rows[0].kind).capitalize()}: values, with the rank below and, in brackets, its interval when "
        "documents are drawn anew",
        (Column("No.", numeric=True), Column("Name"), *(Column(label, numeric=True) for label in labels)),
        tuple(
            (
                Cell(marks.sign(row, first)),
                Cell(row.label, iri=row.iri, language=row.language),
                *(_value(row.score(name)) for name in names),
            )
            for row in rows
        ),
        header=1,
    )


def _value(score: Score) -> Cell:
    if score.rank is None:
        return Cell(value(score.value))
    found = score.documents
    between = "" if found is None or found.low is None else f" [{ranges.interval(found).text}]"
    return Cell(value(score.value), below=f"{score.rank:,}{between}")
