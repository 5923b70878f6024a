"""Change over time, in sentences, pictures and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.drawing import looks, svg
from coopgraph.network.drawing.movement import MOST, movement
from coopgraph.network.drawing.network_picture import Mark
from coopgraph.network.drawing.timeline import POSSIBLE, SURE, Bar, timeline
from coopgraph.network.report.language import inside, moved, number, percent, plural, share, value, verb, whole
from coopgraph.network.report.page import Block, Bullets, Cell, Column, Picture, Section, Table
from coopgraph.network.report.words import marks

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport
    from coopgraph.network.report.parts.change import Course, Period

_SOME: Final = 2


def change(report: CentralityReport) -> Section:
    """The section on change."""
    found = report.change
    blocks: list[Block] = [Bullets(sentences(report))]
    if len(found.periods) >= _SOME:
        blocks += [_timeline(report), _periods(report)]
        if found.courses:
            blocks += [_movement(report), _courses(report)]
    return Section("change", "Change over time", tuple(blocks))


def sentences(report: CentralityReport) -> tuple[str, ...]:
    """What the dates allow to say, and what they do not."""
    found = report.change
    every = report.size.statements
    if len(found.periods) < _SOME:
        return (
            "The dates in the sources tell fewer than two years apart, so nothing can be said about change.",
            f"{found.undated:,} of {number(every, 'statement')} ({share(found.undated, every)}) have no date.",
        )
    counted = sum(one.certain for one in found.periods)
    made = [
        f"{counted:,} of {number(every, 'statement')} ({share(counted, every)}) "
        f"{verb(counted, 'lies', 'lie')} in one of {number(len(found.periods), 'year')} for sure "
        f"and {verb(counted, 'is', 'are')} counted there; "
        f"{found.undated:,} {verb(found.undated, 'has', 'have')} no date, the "
        "others lie in no single year for sure.",
        "A year without an actor means that no document of the release dates a tie of it to that year, not that it had "
        "none.",
    ]
    if found.earlier:
        made.append(f"{number(found.earlier, 'earlier year')} {verb(found.earlier, 'is', 'are')} left out.")
    made += [_moved(report, one) for one in found.periods if one.entered is not None]
    return tuple(made)


def _moved(report: CentralityReport, one: Period) -> str:
    entered = number(one.entered or 0, report.about.source_kind)
    return f"{one.name} against {one.against}: {entered} entered and {one.left:,} left."


def _timeline(report: CentralityReport) -> Picture:
    bars = [Bar(one.name, one.certain, one.possible) for one in report.change.periods]
    told = (
        "Statements by year: dark what lies in the year for sure, light what may lie in it. What may lie in several "
        "years is counted in each of them."
    )
    drawn = timeline(bars, unit="statements", title="Statements by year", description=told)
    key = (
        (marks.framed(svg.rect(2, 4, 18, 14, fill=SURE)), "for sure"),
        (marks.framed(svg.rect(2, 4, 18, 14, fill=POSSIBLE, stroke=SURE)), "possibly"),
    )
    return Picture("Timeline of the statements", drawn, told, key)


def _periods(report: CentralityReport) -> Table:
    return Table(
        "The network by year: statements that lie in it for sure and that may; nodes and ties of the former; nodes "
        "that entered and left; those kept, as a share of all nodes of both years; Kendall's tau-b of the ranks of "
        "those kept",
        (
            Column("Year"),
            *(
                Column(name, numeric=True)
                for name in ("For sure", "Possibly", "Nodes", "Ties", "Entered", "Left", "Kept", "Tau")
            ),
        ),
        tuple(
            (
                Cell(one.name),
                *map(Cell, map(whole, (one.certain, one.possible, one.nodes, one.ties, one.entered, one.left))),
                Cell("–" if one.kept is None else percent(one.kept)),
                Cell(value(one.tau)),
            )
            for one in report.change.periods
        ),
    )


def _movement(report: CentralityReport) -> Picture:
    found = report.change
    shown = found.courses[:MOST]
    label = inside(report.label(found.measure))
    told = (
        f"The ranks by {label} of {number(len(shown), report.about.source_kind)} in each year; a gap where the actor "
        "is absent. Within a year, places follow the ranks of those shown."
    )
    drawn = movement(
        [one.name for one in found.periods],
        [Mark("", one.label, looks.of(report.about.source_kind, one.type)) for one in shown],
        [one.ranks for one in shown],
        title=f"Ranks by {label} in each year",
        description=told,
    )
    return Picture("Ranks in each year", drawn, told)


def _courses(report: CentralityReport) -> Table:
    found = report.change
    label = inside(report.label(found.measure))
    more = f"the first {len(found.courses)} of {found.of:,}" if len(found.courses) < found.of else f"all {found.of:,}"
    return Table(
        f"Ranks by {label} in each year, {more} {plural(report.about.source_kind)}, in the order of the results; "
        "– where absent; the last column compares the latest two years",
        (
            Column(report.about.source_kind.capitalize()),
            *(Column(one.name, numeric=True) for one in found.periods),
            Column("Movement"),
        ),
        tuple(_row(one) for one in found.courses),
    )


def _row(one: Course) -> tuple[Cell, ...]:
    ranks = (Cell(whole(rank)) for rank in one.ranks)
    return (Cell(one.label, iri=one.iri, language=one.language), *ranks, Cell(moved(*one.ranks[-2:])))
