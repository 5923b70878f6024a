"""Choose the engine for a measure and a network, and have it computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.engines.reference import Reference

if TYPE_CHECKING:
    from coopgraph.network.engines.port import Choice, Values
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network


def evaluate(measure: Measure, network: Network, choice: Choice) -> Values:
    """The values of the measure by the engine that was chosen."""
    return Reference().compute(measure, network, choice)
