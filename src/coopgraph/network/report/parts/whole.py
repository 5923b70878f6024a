"""Measures of the network as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network.grouping import by_class
from coopgraph.network.report.quantities import Name, known
from coopgraph.network.whole.registry import WHOLE_GROUP, for_mode

if TYPE_CHECKING:
    from coopgraph.network.network import Network
    from coopgraph.network.whole.measure import Figure, WholeGroupMeasure, WholeMeasure


@dataclass(frozen=True, slots=True)
class Whole:
    """A measure of the whole network; without a value, `note` says why. `groups` names the division it is about."""

    name: Name
    label: Name
    groups: str
    value: float | None
    note: str
    meaning: str
    formula: str
    normalisation: str
    source: str
    doi: str


def whole(network: Network) -> tuple[Whole, ...]:
    """Every measure that is defined for networks of this mode; those that need groups by the classes of the nodes."""
    classes = by_class(network.nodes)
    return (
        *(_stated(one, one.figure(network), "") for one in for_mode(network.mode)),
        *(
            _stated(one, one.figure(network, classes.groups), classes.label)
            for one in WHOLE_GROUP
            if one.applies(network.mode)
        ),
    )


def _stated(one: WholeMeasure | WholeGroupMeasure, found: Figure, groups: str) -> Whole:
    return Whole(
        name=one.name,
        label=one.label,
        groups=groups,
        value=known(found.value),
        note=found.note,
        meaning=one.meaning,
        formula=one.formula,
        normalisation=one.normalisation,
        source=one.source,
        doi=one.doi,
    )
