"""The network as a whole: its picture, its figures, and how it hangs together."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from coopgraph.network.drawing.timeline import Bar, timeline
from coopgraph.network.report.language import number, plural, value, verb
from coopgraph.network.report.page import Cell, Column, Figures, Paragraph, Picture, Section, Table
from coopgraph.network.report.words import drawn
from coopgraph.network.report.words.measures import reference

if TYPE_CHECKING:
    from coopgraph.network.report.model import NetworkReport
    from coopgraph.network.report.parts.about import About
    from coopgraph.network.report.parts.size import Size
    from coopgraph.network.report.parts.whole import Whole

_BARS: Final = 24


def figures(size: Size, about: About) -> Figures:
    """The numbers that everybody asks for first."""
    alike = about.source_kind == about.target_kind
    pairs = [
        *([(plural(about.source_kind), size.nodes)] if alike else []),
        *([] if alike else [(plural(about.source_kind), size.sources), (plural(about.target_kind), size.targets)]),
        ("statements", size.statements),
        ("documents", size.documents),
        ("ties", size.ties),
        ("parts that no tie joins", size.components),
        ("nodes without ties", size.isolates),
    ]
    return Figures(tuple((name, f"{count:,}") for name, count in pairs))


def network(report: NetworkReport) -> Section:
    """The section on the whole network."""
    picture = drawn.network(report) or Paragraph("There is no tie to draw.")
    return Section("network", "The network", (picture, Paragraph(parts(report.size)), table(report.whole)))


def parts(size: Size) -> str:
    """How the network hangs together."""
    if not size.nodes:
        return "The network is empty."
    if size.components == 1:
        return "The network is in one piece: any two nodes are joined by a tie or by a chain of ties."
    text = (
        f"The network falls into {number(size.components, 'part')} that no tie joins; the largest has "
        f"{number(size.largest_component, 'node')}."
    )
    if size.isolates:
        text += f" {number(size.isolates, 'node')} {verb(size.isolates, 'has', 'have')} no tie at all."
    return text


def sentences(report: NetworkReport) -> tuple[str, ...]:
    """The figures that say most about the whole."""
    found = {one.name: one for one in report.whole if one.value is not None}
    made = []
    if "density" in found:
        made.append(f"Density is {value(found['density'].value)}: the share of possible ties that exist.")
    if report.degrees:
        most = report.degrees[-1].ties
        made.append(
            f"The most ties that a node has are {most:,}; half of the nodes or more have at most {_median(report):,}."
        )
    return tuple(made)


def _median(report: NetworkReport) -> int:
    """The smallest number of ties that at least half of the nodes do not exceed."""
    seen = 0
    for one in report.degrees:
        seen += one.nodes
        if 2 * seen >= report.size.nodes:
            return one.ties
    return 0


def degrees(report: NetworkReport) -> Table:
    """How many nodes have how many ties."""
    return Table(
        "How many nodes have how many ties",
        (Column("Ties", numeric=True), Column("Nodes", numeric=True)),
        tuple((Cell(f"{one.ties:,}"), Cell(f"{one.nodes:,}")) for one in report.degrees),
    )


def degrees_picture(report: NetworkReport) -> Picture:
    """The same as bars, gathered where there are many different numbers."""
    told = "Nodes by their number of ties; the table below gives every number."
    bars = [Bar(f"{low:,}" if low == high else f"{low:,}–{high:,}", nodes, 0) for low, high, nodes in _bins(report)]
    chart = timeline(bars, name="degrees", unit="nodes", title="Nodes by number of ties", description=told)
    return Picture("Nodes by number of ties", chart, told)


def _bins(report: NetworkReport) -> list[tuple[int, int, int]]:
    """First and last number of ties and number of nodes: one bin a number, or each bin twice as wide as the last."""
    most = report.degrees[-1].ties if report.degrees else 0
    edges = list(range(most + 2)) if most < _BARS else [0, *(2**power for power in range(most.bit_length() + 1))]
    return [
        (low, high - 1, sum(one.nodes for one in report.degrees if low <= one.ties < high))
        for low, high in pairwise(edges)
    ]


def components(report: NetworkReport) -> Paragraph:
    """The sizes of the parts that no tie joins."""
    listed = ", ".join(f"{nodes:,}" for nodes in report.components)
    more = report.size.components - len(report.components)
    return Paragraph(f"Sizes of the parts that no tie joins: {listed}{f' and {more:,} more' if more else ''}.")


def table(found: tuple[Whole, ...]) -> Table:
    """The measures of the whole network; their formulas stand among the measures."""
    return Table(
        "Measures of the whole network",
        (Column("Measure"), Column("Value", numeric=True), Column("Meaning"), Column("Note")),
        tuple((Cell(_name(one)), Cell(figure(one)), Cell(one.meaning), Cell(one.note or "–")) for one in found),
    )


def formulas(found: tuple[Whole, ...]) -> Table:
    """How the measures of the whole network are computed."""
    return Table(
        "How the measures of the whole network are computed",
        tuple(map(Column, ("Measure", "Formula", "Normalisation", "Source"))),
        tuple((Cell(_name(one)), Cell(one.formula), Cell(one.normalisation), reference(one)) for one in found),
    )


def _name(one: Whole) -> str:
    return f"{one.label} (by {one.groups.lower()})" if one.groups else one.label


def figure(one: Whole) -> str:
    """The value as it is shown: whole numbers for counts."""
    if one.value is not None and one.normalisation.startswith("none") and one.value.is_integer():
        return f"{one.value:,.0f}"
    return value(one.value)
