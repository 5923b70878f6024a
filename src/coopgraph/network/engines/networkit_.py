"""The engine of networkit: shortest paths, cores and triangles of large networks, in parallel where that is exact."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import networkit as nk
import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from coopgraph.network import as_networkit, lengths
from coopgraph.network.arrays import Distances, quotients
from coopgraph.network.engines.exact import Exact
from coopgraph.network.engines.prepared import prepared
from coopgraph.network.measures import (
    betweenness,
    closeness,
    clustering,
    core,
    harmonic,
    two_mode_betweenness,
    two_mode_closeness,
)
from coopgraph.network.paths.short import short

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coopgraph.network.arrays import Floats
    from coopgraph.network.network import Network

NAME: Final = "networkit"
# Nodes and ties together up to which starting threads takes longer than the work.
_ALONE: Final = 5_000


def _betweenness(network: Network) -> Floats:
    """Normalised as ours is; each value is a sum over all sources, whose order several threads would change."""
    if network.n < 3:
        return _zeros(network)
    graph = _exact(network)
    return _scores(lambda: nk.centrality.Betweenness(graph, normalized=True), 1)


def _two_mode_betweenness(network: Network) -> Floats:
    events = int(network.side.sum())
    if not events or events == network.n:
        return _zeros(network)
    # networkit counts each pair from both ends.
    graph = _plain(network)
    pairs = _scores(lambda: nk.centrality.Betweenness(graph, normalized=False), 1) / 2
    largest = np.array(two_mode_betweenness.largest(network.n - events, events))[network.side]
    return quotients(pairs, largest)


def _closeness(network: Network) -> Floats:
    """Distances towards a node are those from it against the ties; each value comes from one search of its own."""
    graph, variant = _against(network), nk.centrality.ClosenessVariant.GENERALIZED
    return np.nan_to_num(_scores(lambda: nk.centrality.Closeness(graph, True, variant), _processors(network)), nan=0.0)


def _two_mode_closeness(network: Network) -> Floats:
    """From the mean distance within the component to the smallest sum of distances that was possible there."""
    if network.n < 2:
        return _zeros(network)
    graph, variant = _plain(network), nk.centrality.ClosenessVariant.GENERALIZED
    found = np.nan_to_num(_scores(lambda: nk.centrality.Closeness(graph, True, variant), _processors(network)), nan=0.0)
    component = csgraph.connected_components(network.adjacency(), directed=False)[1]
    kinds = [np.bincount(component[network.side == side], minlength=network.n)[component] for side in (0, 1)]
    own, other = (np.choose(network.side, pair) for pair in (kinds, kinds[::-1]))
    # Closeness is (others / (n - 1)) * (others / sum of distances), with the others in the component.
    others = own + other - 1
    possible = other + 2 * (own - 1)
    return quotients(found * possible, others)


def _harmonic(network: Network) -> Floats:
    graph = _against(network)
    sums = _scores(lambda: nk.centrality.HarmonicCloseness(graph, normalized=False), _processors(network))
    return sums / max(1, network.n - 1)


def _core(network: Network) -> Floats:
    graph = prepared(network, "networkit undirected", _undirected)
    return _scores(lambda: nk.centrality.CoreDecomposition(graph), _processors(network))


def _clustering(network: Network) -> Floats:
    graph = prepared(network, "networkit undirected", _undirected)
    values = _scores(lambda: nk.centrality.LocalClusteringCoefficient(graph), _processors(network))
    return np.nan_to_num(values, nan=0.0)


_FUNCTIONS: Final[Mapping[str, Callable[[Network], Floats]]] = {
    betweenness.MEASURE.name: _betweenness,
    closeness.MEASURE.name: _closeness,
    clustering.MEASURE.name: _clustering,
    core.MEASURE.name: _core,
    harmonic.MEASURE.name: _harmonic,
    two_mode_betweenness.MEASURE.name: _two_mode_betweenness,
    two_mode_closeness.MEASURE.name: _two_mode_closeness,
}


def _processors(network: Network) -> int:
    return 1 if network.n + network.m <= _ALONE else os.cpu_count() or 1


def _scores(algorithm: Callable[[], Any], threads: int) -> Floats:
    with as_networkit.alone(threads):
        made = algorithm()
        made.run()
    return np.array(made.scores(), dtype=np.float64)


def _zeros(network: Network) -> Floats:
    return np.zeros(network.n)


def _plain(network: Network) -> nk.Graph:
    def made(network: Network) -> nk.Graph:
        return as_networkit.graph(network.n, network.source, network.target, directed=network.directed)

    return prepared(network, "networkit", made)


def _exact(network: Network) -> nk.Graph:
    """Distances as whole numbers, so that paths of the same length are found to be so."""

    def made(network: Network) -> nk.Graph:
        whole = lengths.lengths(network.distances, nodes=network.n)
        return _plain(network) if whole is None else _of_paths(network, network.adjacency(Distances(whole)))

    return prepared(network, "networkit by exact distance", made)


def _against(network: Network) -> nk.Graph:
    """Distances as they are, ties turned around."""

    def made(network: Network) -> nk.Graph:
        return _of_paths(network, network.adjacency(network.distances).T.tocsr())

    return prepared(network, "networkit by distance", made)


def _of_paths(network: Network, ways: sparse.csr_array) -> nk.Graph:
    """Of these ties and their lengths, which are those of the network or the same turned around, what paths can use."""
    ties = short(ways, directed=network.directed)
    ends = (ties if network.directed else sparse.triu(ties)).tocoo()
    return as_networkit.graph(network.n, ends.row, ends.col, ends.data, directed=network.directed)


def _undirected(network: Network) -> nk.Graph:
    """Two nodes tied both ways are tied once."""
    if not network.directed:
        return _plain(network)
    ties = sparse.triu(network.undirected()).tocoo()
    return as_networkit.graph(network.n, ties.row, ties.col)


ENGINE: Final = Exact(NAME, _FUNCTIONS)
