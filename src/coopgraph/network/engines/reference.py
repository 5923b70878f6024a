"""The reference engine: networkx, or a networkx backend that the caller names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network import as_networkx
from coopgraph.network.engines.port import Choice, Values

if TYPE_CHECKING:
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network

NAME: Final = "networkx"


class Reference:
    """Computes every measure by the function that defines it."""

    name = NAME

    def offers(self, measure: Measure, network: Network) -> bool:
        """Always: the reference is complete."""
        return True

    def compute(self, measure: Measure, network: Network, choice: Choice) -> Values:
        """The measure's own function, by the networkx backend of the choice if one is named."""
        graph = as_networkx.graph(network)
        found = measure.function(graph)
        values = np.array([found[index] for index in range(network.n)], dtype=np.float64)
        return Values(values, NAME if choice.backend is None else f"{NAME}/{choice.backend}")
