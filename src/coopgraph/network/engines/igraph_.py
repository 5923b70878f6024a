"""The engine of igraph, where it is installed: the fastest at exact shortest paths.

igraph is licensed under the GPL. The package does not depend on it and no rule chooses it; this module is imported only
when someone asks for the engine by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import igraph
import numpy as np

from coopgraph.network import lengths
from coopgraph.network.arrays import quotients
from coopgraph.network.engines.exact import Exact
from coopgraph.network.engines.prepared import prepared
from coopgraph.network.measures import two_mode_betweenness
from coopgraph.network.measures.pagerank import DAMPING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coopgraph.network.arrays import Floats
    from coopgraph.network.network import Network

NAME: Final = "igraph"


def _betweenness(network: Network) -> Floats:
    """It counts pairs and does not divide by their number."""
    graph = prepared(network, NAME, _graph)
    others = (network.n - 1) * (network.n - 2) / (1 if network.directed else 2)
    found = np.array(graph.betweenness(weights=_lengths(network), directed=network.directed))
    return quotients(found, np.full(network.n, others))


def _two_mode_betweenness(network: Network) -> Floats:
    events = int(network.side.sum())
    if not events or events == network.n:
        return np.zeros(network.n)
    pairs = np.array(prepared(network, NAME, _graph).betweenness())
    largest = np.array(two_mode_betweenness.largest(network.n - events, events))[network.side]
    return quotients(pairs, largest)


def _closeness(network: Network) -> Floats:
    """It takes the mean over the nodes that are reached; the share of nodes that are is ours."""
    graph = prepared(network, NAME, _graph)
    found = np.array(graph.closeness(mode="in", weights=network.distances.values.tolist(), normalized=True))
    inverse = np.nan_to_num(found, nan=0.0)
    reached = np.array(graph.neighborhood_size(order=network.n, mode="in", mindist=1))
    return quotients(inverse * reached, np.full(network.n, max(1, network.n - 1)))


def _harmonic(network: Network) -> Floats:
    """It divides by n - 1 already."""
    graph = prepared(network, NAME, _graph)
    found = graph.harmonic_centrality(mode="in", weights=network.distances.values.tolist(), normalized=True)
    values: Floats = np.nan_to_num(np.array(found), nan=0.0)
    return values


def _pagerank(network: Network) -> Floats:
    graph = prepared(network, NAME, _graph)
    return np.array(
        graph.pagerank(
            damping=DAMPING,
            weights=network.strengths.values.tolist(),
            directed=network.directed,
            implementation="prpack",
        )
    )


def _core(network: Network) -> Floats:
    return np.array(prepared(network, "igraph undirected", _undirected).coreness(), dtype=np.float64)


def _clustering(network: Network) -> Floats:
    graph = prepared(network, "igraph undirected", _undirected)
    return np.array(graph.transitivity_local_undirected(mode="zero"), dtype=np.float64)


_FUNCTIONS: Final[Mapping[str, Callable[[Network], Floats]]] = {
    "betweenness": _betweenness,
    "closeness": _closeness,
    "clustering": _clustering,
    "core": _core,
    "harmonic": _harmonic,
    "pagerank": _pagerank,
    "two-mode-betweenness": _two_mode_betweenness,
}


def _graph(network: Network) -> igraph.Graph:
    ties = np.column_stack([network.source, network.target])
    return igraph.Graph(n=network.n, edges=ties, directed=network.directed)


def _undirected(network: Network) -> igraph.Graph:
    """Two nodes tied both ways are tied once."""
    graph = _graph(network)
    if network.directed:
        graph.to_undirected(mode="collapse")
    return graph


def _lengths(network: Network) -> list[float] | None:
    """Distances as whole numbers, so that paths of the same length are found to be so; None where all are equal."""
    whole = lengths.lengths(network.distances, nodes=network.n)
    return None if whole is None else whole.tolist()


ENGINE: Final = Exact(NAME, _FUNCTIONS)
