"""Choose the engine for a measure and a network, and have it computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.engines.reference import Reference
from coopgraph.network.measures.declared import as_arrays

if TYPE_CHECKING:
    from coopgraph.network.engines.port import Choice, Values
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network


def evaluate(measure: Measure, network: Network, choice: Choice) -> Values:
    """The values of the measure by the engine that was chosen, which sees what the measure declares to read."""
    return Reference().compute(measure, as_arrays(network, measure.uses), choice)
