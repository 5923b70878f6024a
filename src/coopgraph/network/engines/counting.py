"""Degrees and strengths by arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.arrays import quotients

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from coopgraph.network.arrays import Counts, Floats
    from coopgraph.network.network import Network


def degree(network: Network) -> Floats:
    """As the measure: different neighbours, in whichever direction, over n - 1."""
    if network.directed:
        return _share(np.diff(network.undirected().indptr), network.n)
    return _share(_ends(network), network.n)


def in_degree(network: Network) -> Floats:
    """As the measure: ties that come in over n - 1."""
    return _share(np.bincount(network.target, minlength=network.n), network.n)


def out_degree(network: Network) -> Floats:
    """As the measure: ties that go out over n - 1."""
    return _share(np.bincount(network.source, minlength=network.n), network.n)


def strength(network: Network) -> Floats:
    """As the measure: the strengths of all ties of a node, added up."""
    weights, n = network.strengths.values, network.n
    sums = [np.bincount(ends, weights=weights, minlength=n) for ends in (network.source, network.target)]
    found: Floats = np.sum(sums, axis=0)
    return found


def two_mode_degree(network: Network) -> Floats:
    """As the measure: ties over the number of nodes of the other kind."""
    events = int(network.side.sum())
    others = np.array([events, network.n - events])[network.side]
    return quotients(_ends(network), others)


def _ends(network: Network) -> Counts:
    """How many ties each node has an end of."""
    return np.bincount(network.source, minlength=network.n) + np.bincount(network.target, minlength=network.n)


def _share(counts: ArrayLike, n: int) -> Floats:
    return quotients(counts, np.full(n, max(1, n - 1)))
