"""The engine of numpy and scipy: what sums and products of sparse matrices can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.engines import cores, counting, triads, walks
from coopgraph.network.engines.port import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coopgraph.network.arrays import Floats
    from coopgraph.network.engines.port import Choice
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network

_FUNCTIONS: Final[Mapping[str, Callable[[Network], Floats]]] = {
    "authorities": walks.authorities,
    "constraint": triads.constraint,
    "core": cores.core,
    "degree": counting.degree,
    "effective-size": triads.effective_size,
    "eigenvector": walks.eigenvector,
    "hubs": walks.hubs,
    "in-degree": counting.in_degree,
    "katz": walks.katz,
    "out-degree": counting.out_degree,
    "pagerank": walks.pagerank,
    "strength": counting.strength,
    "two-mode-degree": counting.two_mode_degree,
    "weighted-clustering": triads.weighted_clustering,
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
