"""Tables of measures for the documentation, made from what the measures state about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.network.measures.measure import Described

HEAD: Final = ("name", "what it says", "networks", "reads", "normalisation")


def table(measures: Iterable[Described]) -> str:
    """A Markdown table with one row for each of these measures."""
    lines = [HEAD, ("---",) * len(HEAD), *map(row, measures)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def row(measure: Described) -> tuple[str, ...]:
    """The cells of a measure, in the order of the head."""
    everywhere = set(measure.modes) == set(Mode)
    cells = (
        f"`{measure.name}`",
        measure.meaning,
        "all" if everywhere else ", ".join(measure.modes),
        measure.uses.value,
        measure.normalisation,
    )
    return tuple(cell.replace("|", r"\|") for cell in cells)
