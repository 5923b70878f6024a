"""The network as a whole: its picture, its figures, and how it hangs together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.drawing.network_picture import Picture as Drawn
from coopgraph.network.report.language import inside, number, plural, value, verb
from coopgraph.network.report.page import Block, Cell, Column, Figures, Paragraph, Picture, Section, Table
from coopgraph.network.report.words import marks
from coopgraph.network.report.words.measures import reference

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport
    from coopgraph.network.report.parts.about import About
    from coopgraph.network.report.parts.size import Size
    from coopgraph.network.report.parts.whole import Whole


def figures(size: Size, about: About) -> Figures:
    """The numbers that everybody asks for first."""
    pairs = [
        (plural(about.source_kind), size.sources),
        (plural(about.target_kind), size.targets),
        ("statements", size.statements),
        ("documents", size.documents),
        ("ties", size.ties),
        ("parts that no tie joins", size.components),
        ("nodes without ties", size.isolates),
    ]
    return Figures(tuple((name, f"{count:,}") for name, count in pairs))


def network(report: CentralityReport, drawn: Drawn | None) -> Section:
    """The section on the whole network."""
    blocks: list[Block] = [Paragraph("There is no tie to draw.") if drawn is None else picture(report, drawn)]
    blocks += [Paragraph(parts(report.size)), table(report.whole)]
    return Section("network", "The network", tuple(blocks))


def picture(report: CentralityReport, drawn: Drawn) -> Picture:
    """The drawing with what it shows and leaves out."""
    rows = [
        row for row in report.rows if row.iri in {end for tie in report.ties.ties for end in (tie.source, tie.target)}
    ]
    return Picture("Drawing of the network", drawn.svg, caption(report, drawn), marks.key(rows))


def caption(report: CentralityReport, drawn: Drawn) -> str:
    """What the drawing shows, and what it does not."""
    text = [
        f"{number(drawn.nodes, 'node')} of {report.size.nodes:,}, the first by {inside(report.label(report.headline))} "
        "of those that have a tie to another one shown."
    ]
    if drawn.ties < drawn.ties_in_all:
        text.append(
            f"Of {number(drawn.ties_in_all, 'tie')} among them the {drawn.ties:,} strongest at their ends are drawn."
        )
    else:
        text.append("All ties among them are drawn.")
    text.append("The thicker a line, the stronger the tie. The numbers are those of the tables of results.")
    if drawn.named < drawn.nodes:
        hidden = drawn.nodes - drawn.named
        text.append(f"{hidden:,} of the names found no room and stand in the tables only.")
    text.append("Nodes stand the nearer, the stronger the ties between them; the directions on paper have no meaning.")
    return " ".join(text)


def parts(size: Size) -> str:
    """How the network hangs together."""
    if not size.nodes:
        return "The network is empty."
    if size.components == 1:
        return "All nodes hang together: ties lead from each to every other."
    text = (
        f"The network falls into {number(size.components, 'part')} that no tie joins; the largest has "
        f"{number(size.largest_component, 'node')}."
    )
    if size.isolates:
        text += f" {number(size.isolates, 'node')} {verb(size.isolates, 'has', 'have')} no tie at all."
    return text


def table(found: tuple[Whole, ...]) -> Table:
    """The measures of the whole network."""
    return Table(
        "Measures of the whole network",
        (Column("Measure"), Column("Value", numeric=True), *map(Column, ("Meaning", "Formula", "Note", "Source"))),
        tuple(
            (
                Cell(f"{one.label} ({one.groups.lower()})" if one.groups else one.label),
                Cell(_figure(one)),
                Cell(one.meaning),
                Cell(one.formula, below=one.normalisation),
                Cell(one.note or "–"),
                reference(one),
            )
            for one in found
        ),
    )


def _figure(one: Whole) -> str:
    if one.value is not None and one.normalisation.startswith("none; a count"):
        return f"{one.value:,.0f}"
    return value(one.value)
