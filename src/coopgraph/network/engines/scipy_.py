"""The engine of numpy and scipy: what sums and products of sparse matrices can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.engines.port import Values
from coopgraph.network.measures import degree, strength

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coopgraph.network.arrays import Floats
    from coopgraph.network.engines.port import Choice
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network


def _degree(network: Network) -> Floats:
    ties = np.bincount(network.source, minlength=network.n) + np.bincount(network.target, minlength=network.n)
    share: Floats = ties / max(1, network.n - 1)
    return share


def _strength(network: Network) -> Floats:
    matrix = network.adjacency(network.strengths)
    found: Floats = matrix.sum(axis=0) + matrix.sum(axis=1) if network.directed else matrix.sum(axis=1)
    return found


_FUNCTIONS: Final[Mapping[str, Callable[[Network], Floats]]] = {
    degree.MEASURE.name: _degree,
    strength.MEASURE.name: _strength,
}


class Scipy:
    """Computes measures by arrays, exactly but for rounding."""

    name = "scipy"

    def offers(self, measure: Measure, network: Network) -> bool:
        """Whether there is a function for the measure."""
        return measure.name in _FUNCTIONS and measure.applies(network.mode)

    def compute(self, measure: Measure, network: Network, choice: Choice) -> Values:
        """The values of the measure for every node of the network."""
        return Values(_FUNCTIONS[measure.name](network), self.name)


ENGINE: Final = Scipy()
