"""An engine made of functions: one for each measure that it offers, exact but for rounding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.engines.port import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coopgraph.network.arrays import Floats
    from coopgraph.network.engines.port import Choice
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network


@dataclass(frozen=True, slots=True)
class Exact:
    """Computes the measures of these names, under our normalisation; each function is for networks that have nodes."""

    name: str
    functions: Mapping[str, Callable[[Network], Floats]]

    def offers(self, measure: Measure, network: Network) -> bool:
        """Whether there is a function for the measure."""
        return measure.name in self.functions and measure.applies(network.mode)

    def compute(self, measure: Measure, network: Network, choice: Choice) -> Values:
        """The values of the measure for every node of the network."""
        return Values(self.functions[measure.name](network) if network.n else np.zeros(0), self.name)
