"""Degrees and strengths by arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from coopgraph.network.arrays import quotients

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats
    from coopgraph.network.network import Network


def degree(network: Network) -> Floats:
    """As the measure: different neighbours, in whichever direction, over n - 1."""
    source, target = network.source.astype(np.int64), network.target.astype(np.int64)
    if network.directed:
        keys = np.unique(np.minimum(source, target) * network.n + np.maximum(source, target))
        source, target = keys // network.n, keys % network.n
    return _share(np.bincount(source, minlength=network.n) + np.bincount(target, minlength=network.n), network.n)


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
    ties = np.bincount(network.source, minlength=network.n) + np.bincount(network.target, minlength=network.n)
    return quotients(ties, others)


def _share(counts: Any, n: int) -> Floats:
    return quotients(counts, np.full(n, max(1, n - 1)))
