"""Transitivity: how often two who share a neighbour are tied themselves, over the whole network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.measures.measure import EITHER, Uses
from coopgraph.network.whole.measure import Figure, WholeMeasure
from coopgraph.network.whole.triangles import triangles

if TYPE_CHECKING:
    from coopgraph.network.network import Network


def transitivity(network: Network) -> Figure:
    """The share of the paths of two ties whose ends are tied.

    Formula: 3 * triangles / sum over the nodes of d(v) (d(v) - 1) / 2; not defined without paths of two ties.
    Direction: set aside. Reads neither strength nor distance. Complexity: O(m^1.5). Range 0 to 1.

    References:
        M. E. J. Newman, S. H. Strogatz, D. J. Watts, Random graphs with arbitrary degree distributions and their
        applications, Physical Review E 64 (2001) 026118.
    """
    ties = network.undirected()
    degree = np.diff(ties.indptr).astype(np.float64)
    paths = (degree * (degree - 1) / 2).sum()
    if not paths:
        return Figure(None, "no node has two neighbours")
    return Figure(float(triangles(ties).sum() / paths))


MEASURE = WholeMeasure(
    name="transitivity",
    label="Transitivity",
    modes=EITHER,
    uses=Uses.NOTHING,
    compute=transitivity,
    meaning="share of the pairs with a common neighbour that are tied, over the whole network",
    formula="3 * number of triangles / number of paths of two ties",
    normalisation="divided by the number of paths of two ties; from 0 to 1",
    direction="set aside",
    complexity="O(m^1.5)",
    source="M. E. J. Newman, S. H. Strogatz, D. J. Watts, Random graphs with arbitrary degree distributions and their "
    "applications, Physical Review E 64 (2001)",
    doi="10.1103/PhysRevE.64.026118",
)
