"""The measures that are offered, in the order in which reports show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.measures import betweenness, degree, pagerank, strength, two_mode_betweenness, two_mode_degree
from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from coopgraph.network.measures.measure import Measure

MEASURES: Final[tuple[Measure, ...]] = (
    degree.MEASURE,
    strength.MEASURE,
    betweenness.MEASURE,
    pagerank.MEASURE,
    two_mode_degree.MEASURE,
    two_mode_betweenness.MEASURE,
)


def for_mode(mode: Mode) -> tuple[Measure, ...]:
    """The measures that a report on a network of this mode shows.

    A one-mode network is projected from a two-mode one, so the two-mode values stand beside it: they show what the
    projection has done.
    """
    return MEASURES if mode is Mode.ONE_MODE else tuple(item for item in MEASURES if item.mode is mode)
