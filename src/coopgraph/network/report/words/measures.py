"""What the measures mean and by what they were computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.page import Bullets, Cell, Column, Section, Table

if TYPE_CHECKING:
    from coopgraph.network.report.parts.measured import Measured
    from coopgraph.network.report.parts.whole import Whole


def measures(found: tuple[Measured, ...], *beside: Table) -> Section:
    """One row for each measure, the bounds of those that are approximate, and what stands `beside`."""
    columns = ("Measure", "Meaning", "Formula", "Normalisation", "Network", "Direction", "Reads", "Engine", "Source")
    table = Table(
        "What each measure says, how it is computed, and by which engine it was computed here",
        tuple(map(Column, columns)),
        tuple(
            (
                Cell(one.label),
                Cell(one.meaning),
                Cell(one.formula),
                Cell(one.normalisation + ("; the lowest value ranks first" if one.best == "lowest" else "")),
                Cell(one.network),
                Cell(one.direction),
                Cell(one.reads),
                Cell(one.engine),
                reference(one),
            )
            for one in found
        ),
    )
    return Section(
        "measures", "Measures", (Bullets(bounds(found)), table, *beside) if bounds(found) else (table, *beside)
    )


def bounds(found: tuple[Measured, ...]) -> tuple[str, ...]:
    """How far approximate values can be off; nothing for exact ones."""
    return tuple(
        f"{one.label} is approximate: with probability {one.confidence:g} no value is off by more than {one.error:g}."
        for one in found
        if one.error
    )


def reference(one: Measured | Whole) -> Cell:
    """The literature, leading to its identifier."""
    return Cell(one.source, iri=f"https://doi.org/{one.doi}" if one.doi else "")
