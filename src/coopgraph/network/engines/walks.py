"""What random walks and repeated averages over neighbours end in, by sparse matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from coopgraph.network.arrays import quotients
from coopgraph.network.measures import leading
from coopgraph.network.measures.katz import SHARE
from coopgraph.network.measures.pagerank import DAMPING, TOLERANCE

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats
    from coopgraph.network.network import Network

_STEPS: Final = 1000
_SETTLED: Final = 1e-14


def pagerank(network: Network) -> Floats:
    """As the measure, and with its criterion to stop; each round is one product with the matrix of strengths."""
    if not network.n:
        return np.zeros(0)
    following = _following(network)
    out = following.sum(axis=1) if network.directed else following.sum(axis=1) + following.sum(axis=0)
    held = out > 0
    values = np.full(network.n, 1 / network.n)
    for _ in range(_STEPS):
        walking = quotients(values, out)
        jumping = DAMPING * values[~held].sum() + 1 - DAMPING
        arriving = following.T @ walking
        if not network.directed:
            arriving += following @ walking
        after = DAMPING * arriving + jumping / network.n
        change = np.abs(after - values).sum()
        values = after
        if change < network.n * TOLERANCE:
            break
    return values


def _following(network: Network) -> sparse.csr_array:
    """Each tie once, from its first end to its second; ties stand in that order, so that nothing has to be sorted."""
    starts = np.concatenate([[0], np.cumsum(np.bincount(network.source, minlength=network.n))])
    entries = (network.strengths.values, network.target, starts)
    return sparse.csr_array(entries, shape=(network.n, network.n))


def eigenvector(network: Network) -> Floats:
    """As the measure."""
    return leading.leading(network.adjacency(network.strengths))[1]


def katz(network: Network) -> Floats:
    """As the measure; rounds instead of a solution, since each leaves nine tenths of the error at most."""
    values = np.ones(network.n)
    if network.m:
        strengths = network.adjacency(network.strengths)
        incoming = strengths.T * (SHARE / leading.norm(strengths))
        for _ in range(_STEPS):
            after = 1 + incoming @ values
            change = np.abs(after - values).max()
            values = after
            if change < _SETTLED * values.max():
                break
    return values / max(1.0, float(np.linalg.norm(values)))


def hubs(network: Network) -> Floats:
    """As the measure."""
    return leading.sides(network.adjacency(network.strengths))[0]


def authorities(network: Network) -> Floats:
    """As the measure."""
    return leading.sides(network.adjacency(network.strengths))[1]
