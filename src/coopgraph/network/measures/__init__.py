"""Centrality measures, one file each: formula, normalisation, direction, use of strength or distance, and source.

A new measure is one file here, one line in the registry and one test.
"""

from coopgraph.network.measures.measure import Measure, Uses
from coopgraph.network.measures.registry import MEASURES, for_mode

__all__ = ["MEASURES", "Measure", "Uses", "for_mode"]
