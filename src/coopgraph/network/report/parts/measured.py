"""What each measure says about itself, and by what it was computed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network.network import Mode
from coopgraph.network.report.quantities import Name, Share

if TYPE_CHECKING:
    from coopgraph.network.report.ground import Ground


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure; with probability `confidence` none of its values is off by more than `error`."""

    name: Name
    label: Name
    network: Name
    reads: Name
    best: Name
    meaning: str
    formula: str
    normalisation: str
    direction: str
    complexity: str
    source: str
    doi: str
    engine: Name
    error: float
    confidence: Share


class Labelled:
    """What shows measures, and can therefore call them by their labels."""

    __slots__ = ()

    measures: tuple[Measured, ...]

    def label(self, measure: str) -> str:
        """The label of a measure of this report."""
        return next((one.label for one in self.measures if one.name == measure), measure)


def measured(ground: Ground) -> tuple[Measured, ...]:
    """One entry for each measure, in the order of the report."""
    own = ground.selection.projection.mode
    return tuple(
        Measured(
            name=one.name,
            label=one.label,
            network=(one.mode if one.mode is Mode.TWO_MODE else own).value,
            reads=one.uses.value,
            best=one.best.value,
            meaning=one.meaning,
            formula=one.formula,
            normalisation=one.normalisation,
            direction=one.direction,
            complexity=one.complexity,
            source=one.source,
            doi=one.doi,
            engine=ground.values[one.name].engine,
            error=float(ground.values[one.name].error),
            confidence=float(ground.values[one.name].confidence),
        )
        for one in ground.plan.measures
    )
