"""The engine that samples shortest paths: betweenness of networks that are too large to follow every path."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from coopgraph.network import lengths
from coopgraph.network.arrays import Distances, quotients
from coopgraph.network.engines.binomial import enough, largest_error
from coopgraph.network.engines.port import Values
from coopgraph.network.engines.prepared import prepared
from coopgraph.network.measures import betweenness, two_mode_betweenness
from coopgraph.network.measures.measure import Uses
from coopgraph.network.paths.hops import Hops
from coopgraph.network.paths.measured import Measured
from coopgraph.network.paths.short import short

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coopgraph.network.arrays import Indices
    from coopgraph.network.engines.port import Choice
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network

NAME: Final = "sampling"
# The error that is asked for where the choice names none.
ERROR: Final = 0.02
_FIRST: Final = 1000
_GROWTH: Final = 1.25


class Sampling:
    """Estimates betweenness from random shortest paths between random pairs of nodes, with a bound on the error.

    The share of sampled paths that lead through a node estimates the share of pairs it lies between. After each of
    several rounds the exact binomial bound for all nodes at once is compared with the error asked for; the probability
    of being wrong is divided among the rounds, so that stopping early is paid for. The values state the bound that was
    reached. The same seed gives the same values on any machine. networkit's own estimators (11.2) are not used: one
    ignores lengths and returns twice the value, the other rests on a lower bound of the diameter.

    References:
        M. Riondato, E. M. Kornaropoulos, Fast approximation of betweenness centrality through sampling, Data Mining and
        Knowledge Discovery 30 (2016) 438-475, doi:10.1007/s10618-015-0423-0 (paths between pairs as the sample).
    """

    name = NAME

    def offers(self, measure: Measure, network: Network) -> bool:
        """Betweenness, in networks of one mode or two, with direction or without."""
        return measure.name in {betweenness.MEASURE.name, two_mode_betweenness.MEASURE.name} and measure.applies(
            network.mode
        )

    def compute(self, measure: Measure, network: Network, choice: Choice) -> Values:
        """The estimates with the bound that was reached; exact zeros where there are no two others."""
        if network.n < 3 or not network.m:
            return Values(np.zeros(network.n), self.name)
        # What a pair counts: the sample is of ordered pairs of any two nodes, the measure leaves out each node's own.
        worth = np.full(network.n, network.n / (network.n - 2))
        if measure.name == two_mode_betweenness.MEASURE.name:
            events = int(network.side.sum())
            largest = np.array(two_mode_betweenness.largest(network.n - events, events))[network.side]
            pairs = network.n * (network.n - 1) / 2
            worth = quotients(pairs, largest)
        error = ERROR if choice.error is None else choice.error
        counts, sample, reached = _sampled(network, measure.uses, error / float(worth.max()), choice)
        return Values(counts / sample * worth, self.name, reached * float(worth.max()), choice.confidence)


def _sampled(network: Network, uses: Uses, error: float, choice: Choice) -> tuple[NDArray[np.int64], int, float]:
    """How many paths led through each node, of how many, and how far the shares can be from the true ones."""
    generator = np.random.default_rng(choice.seed)
    ways = prepared(network, f"ways by {uses}", lambda shown: _ways(shown, uses))
    search = ways.search(ways.ahead, ways.back)
    rounds = max(1, ceil(log(max(1.0, enough(network.n, error, 1 - choice.confidence) / _FIRST), _GROWTH)) + 2)
    failure = (1 - choice.confidence) / rounds
    most = enough(network.n, error, failure)
    counts: NDArray[np.int64] = np.zeros(network.n, dtype=np.int64)
    sample, reached = 0, 1.0
    while reached > error and sample < most:
        wanted = min(most, max(_FIRST, ceil(sample * _GROWTH)))
        sources = generator.integers(network.n, size=wanted - sample)
        targets = generator.integers(network.n - 1, size=wanted - sample)
        targets += targets >= sources
        for source, target in zip(sources.tolist(), targets.tolist(), strict=True):
            if ways.component[source] == ways.component[target]:
                counts[search.between(source, target, generator)] += 1
        sample = wanted
        reached = largest_error(counts, sample, failure)
    return counts, sample, reached


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """What a search needs to know: the ties in their direction and against it, and the component of each node."""

    search: type[Hops] | type[Measured]
    ahead: sparse.csr_array
    back: sparse.csr_array
    component: Indices


def _ways(network: Network, uses: Uses) -> _Ways:
    search: type[Hops] | type[Measured] = Hops
    ahead = network.adjacency()
    component = csgraph.connected_components(ahead, directed=False)[1]
    whole = lengths.lengths(network.distances, nodes=network.n) if uses is Uses.DISTANCE else None
    if whole is not None:
        ahead = short(network.adjacency(Distances(whole)), directed=network.directed)
        search = Measured
    back = sparse.csr_array(ahead.T) if network.directed else ahead
    return _Ways(search, ahead, back, component)


ENGINE: Final = Sampling()
