"""Core numbers by arrays: the nodes with the fewest ties are taken away, all at once, until none is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.paths.leaving import Leaving, each_once

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats
    from coopgraph.network.network import Network


def core(network: Network) -> Floats:
    """As the measure; every tie is followed once from either end, in as many rounds as nodes depend on each other."""
    rows = Leaving(network.undirected())
    degree, place = rows.degree.copy(), np.zeros(network.n, dtype=np.int64)
    left = np.ones(network.n, dtype=np.bool_)
    values = np.zeros(network.n)
    remaining = np.arange(network.n, dtype=np.int32)
    level = 0
    while len(remaining):
        level = max(level, int(degree[remaining].min()))
        peeled = remaining[degree[remaining] <= level]
        while len(peeled):
            values[peeled] = level
            left[peeled] = False
            ends = rows.ends[rows.of(peeled)[1]]
            ends = ends[left[ends]]
            np.subtract.at(degree, ends, 1)
            touched = each_once(ends, place)
            peeled = touched[degree[touched] <= level]
        remaining = remaining[left[remaining]]
    return values
