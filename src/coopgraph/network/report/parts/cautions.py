"""What has to be said of a network before any of its ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network.report.quantities import Name, known
from coopgraph.network.uncertainty.caution import cautions as found_cautions

if TYPE_CHECKING:
    from coopgraph.network.report.ground import Ground
    from coopgraph.network.uncertainty.caution import Caution as Found


@dataclass(frozen=True, slots=True)
class Figure:
    """A number by its name."""

    name: Name
    value: float | None


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to be careful about: its code, the numbers that say it, and the IRI and label of what it is about."""

    code: Name
    iri: str
    label: str
    figures: tuple[Figure, ...]

    def __getitem__(self, name: str) -> float:
        """The figure of this name."""
        return next(one.value for one in self.figures if one.name == name and one.value is not None)


def cautions(ground: Ground) -> tuple[Caution, ...]:
    """What is to be said of this network, most general first."""
    return tuple(_named(ground, one) for one in found_cautions(ground.affiliations, ground.plan))


def _named(ground: Ground, one: Found) -> Caution:
    labels = {document.iri: document.label for document in ground.affiliations.documents}
    if one.subject and one.subject not in labels:
        at = ground.affiliations.nodes.index().get(one.subject)
        labels[one.subject] = one.subject if at is None else ground.affiliations.nodes.label[at]
    return Caution(
        one.code.value,
        one.subject,
        labels.get(one.subject, ""),
        tuple(Figure(name, known(value)) for name, value in one.numbers.items()),
    )
