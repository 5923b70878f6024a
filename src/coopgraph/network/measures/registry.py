"""The measures that are offered, in the order in which reports show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.network.measures import (
    betweenness,
    brokerage,
    closeness,
    clustering,
    constraint,
    core,
    degree,
    effective_size,
    eigenvector,
    harmonic,
    hits,
    in_degree,
    katz,
    out_degree,
    pagerank,
    participation,
    strength,
    two_mode_betweenness,
    two_mode_closeness,
    two_mode_degree,
    weighted_clustering,
)
from coopgraph.network.measures.measure import GroupMeasure, Measure
from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable

MEASURES: Final[tuple[Measure, ...]] = (
    degree.MEASURE,
    in_degree.MEASURE,
    out_degree.MEASURE,
    strength.MEASURE,
    betweenness.MEASURE,
    closeness.MEASURE,
    harmonic.MEASURE,
    eigenvector.MEASURE,
    pagerank.MEASURE,
    katz.MEASURE,
    hits.HUBS,
    hits.AUTHORITIES,
    core.MEASURE,
    clustering.MEASURE,
    weighted_clustering.MEASURE,
    constraint.MEASURE,
    effective_size.MEASURE,
    two_mode_degree.MEASURE,
    two_mode_betweenness.MEASURE,
    two_mode_closeness.MEASURE,
)

# These need a division of the nodes into groups as well.
GROUP_MEASURES: Final[tuple[GroupMeasure, ...]] = (*brokerage.MEASURES, participation.MEASURE)

# What a report shows unless it is asked for more: one measure of each idea, two-mode ones where there are two modes.
_SHOWN: Final = frozenset(
    {
        "degree",
        "in-degree",
        "out-degree",
        "strength",
        "betweenness",
        "harmonic",
        "eigenvector",
        "pagerank",
        "constraint",
        "two-mode-degree",
        "two-mode-betweenness",
    }
)


def for_mode(mode: Mode) -> tuple[Measure, ...]:
    """The measures that a report on a network of this mode shows unless it is asked for others.

    A one-mode network is projected from a two-mode one, so the two-mode values stand beside it: they show what the
    projection has done.
    """
    beside = Mode.TWO_MODE if mode is Mode.ONE_MODE else mode
    return tuple(item for item in MEASURES if item.name in _SHOWN and (item.applies(mode) or item.applies(beside)))


def measure(name: str) -> Measure:
    """The measure of this name.

    Raises:
        CoopgraphError: "not-found" if there is none.
    """
    for item in MEASURES:
        if item.name == name:
            return item
    raise CoopgraphError(
        "not-found",
        f"There is no measure {name!r}.",
        remedy=f"There are {', '.join(item.name for item in MEASURES)}.",
    )


def chosen(names: Iterable[str], mode: Mode) -> tuple[Measure, ...]:
    """The measures of these names, in the order of the registry, for a report on a network of this mode.

    Raises:
        CoopgraphError: "not-found" for a name that does not exist, "request" for a measure that is not defined for
            networks of this mode.
    """
    wanted = {measure(name).name for name in names}
    beside = Mode.TWO_MODE if mode is Mode.ONE_MODE else mode
    for item in MEASURES:
        if item.name in wanted and not (item.applies(mode) or item.applies(beside)):
            raise CoopgraphError(
                "request",
                f"{item.label} is not defined for a network of mode {mode.value}.",
                remedy=f"It is for {' and '.join(item.modes)}.",
            )
    return tuple(item for item in MEASURES if item.name in wanted)
