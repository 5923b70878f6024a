"""Average clustering: the mean of the local clustering of all nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.measures.measure import EITHER, Uses
from coopgraph.network.whole.measure import Figure, WholeMeasure
from coopgraph.network.whole.triangles import triangles

if TYPE_CHECKING:
    from coopgraph.network.network import Network


def average_clustering(network: Network) -> Figure:
    """The mean over all nodes of the share of their pairs of neighbours that are tied.

    Formula: (sum of 2 t(v) / (d(v) (d(v) - 1))) / n, t(v) the number of triangles through v; nodes with fewer than two
    neighbours count as 0. Direction: set aside. Reads neither strength nor distance. Complexity: O(m^1.5). Range 0 to
    1.

    References:
        D. J. Watts, S. H. Strogatz, Collective dynamics of 'small-world' networks, Nature 393 (1998) 440-442.
    """
    if not network.n:
        return Figure(None, "there are no nodes")
    ties = network.undirected()
    degree = np.diff(ties.indptr).astype(np.float64)
    pairs = degree * (degree - 1) / 2
    local = np.divide(triangles(ties), pairs, out=np.zeros(network.n), where=pairs > 0)
    few = int(np.count_nonzero(pairs == 0))
    return Figure(float(local.mean()), f"{few:,} of {network.n:,} nodes have no two neighbours and count as 0")


MEASURE = WholeMeasure(
    name="average-clustering",
    label="Average clustering",
    modes=EITHER,
    uses=Uses.NOTHING,
    compute=average_clustering,
    meaning="mean over the nodes of the share of their pairs of neighbours that are tied",
    formula="(sum of 2 t(v) / (d(v) (d(v) - 1))) / n",
    normalisation="divided by the number of nodes, those with fewer than two neighbours counting as 0; from 0 to 1",
    direction="set aside",
    complexity="O(m^1.5)",
    source="D. J. Watts, S. H. Strogatz, Collective dynamics of 'small-world' networks, Nature 393 (1998)",
    doi="10.1038/30918",
)
