"""The same ties measured in whole numbers, so that sums of distances are exact."""

from __future__ import annotations

import networkx as nx
import numpy as np

from coopgraph.network import lengths
from coopgraph.network.arrays import Distances


def with_exact_lengths(network: nx.Graph) -> nx.Graph:
    """The network with `length` in the place of `distance`: whole numbers in the same proportion.

    Raises:
        ValueError: if a distance is not a positive, finite number.
    """
    ties = list(network.edges(data="distance"))
    distances = np.array([distance for _, _, distance in ties], dtype=np.float64)
    whole = lengths.exact(Distances(distances))
    measured = nx.DiGraph() if network.is_directed() else nx.Graph()
    measured.add_nodes_from(network)
    measured.add_edges_from(
        (source, target, {"length": length}) for (source, target, _), length in zip(ties, whole, strict=True)
    )
    return measured
