"""Centrality measures, one file each: formula, normalisation, direction, use of strength or distance, and source.

A new measure is one file here, one line in the registry and one test.
"""

from coopgraph.network.measures.measure import Best, GroupMeasure, Measure, Uses
from coopgraph.network.measures.registry import GROUP_MEASURES, MEASURES, chosen, for_mode, measure

__all__ = [
    "GROUP_MEASURES",
    "MEASURES",
    "Best",
    "GroupMeasure",
    "Measure",
    "Uses",
    "chosen",
    "for_mode",
    "measure",
]
