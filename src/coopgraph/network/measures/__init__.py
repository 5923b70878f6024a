"""Centrality measures, one file each: formula, normalisation, direction, use of strength or distance, and source.

A new measure is one file here, one line in the registry and one test.
"""

from coopgraph.network.measures.measure import Best, GroupMeasure, Measure, Uses
from coopgraph.network.measures.registry import GROUP_MEASURES, MEASURES, chosen, group_measure, measure
from coopgraph.network.network import Mode

__all__ = [
    "GROUP_MEASURES",
    "MEASURES",
    "Best",
    "GroupMeasure",
    "Measure",
    "Uses",
    "chosen",
    "for_mode",
    "group_measure",
    "measure",
]


def for_mode(mode: Mode) -> tuple[Measure, ...]:
    """The measures of the first report; later ones take those of the registry."""
    first = ("degree", "strength", "betweenness", "pagerank", "two-mode-degree", "two-mode-betweenness")
    found = tuple(measure(name) for name in first)
    return found if mode is Mode.ONE_MODE else tuple(item for item in found if item.mode is mode)
