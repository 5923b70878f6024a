"""What part of an actor's value each of its ties makes, for measures that are sums over ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.measures.pagerank import DAMPING

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.network import Network


def incident(network: Network, node: int) -> Indices:
    """The indices of the ties that end in this node, whatever their direction."""
    found: Indices = np.flatnonzero((network.source == node) | (network.target == node)).astype(np.int32)
    return found


def shares(measure: str, network: Network, values: Floats, node: int, ties: Indices) -> Floats | None:
    """The parts of the value of `node` that these ties of it make; with the part that none makes they add up to 1.

    Degree, also two-mode: each tie the same; in- and out-degree: each of their ties the same. Strength: that of the
    tie. PageRank: d w(u, v) x(u) / s(u), the rest being jumps. Eigenvector: w(u, v) x(u). In directed networks
    PageRank and eigenvector centrality are left out. None for every other measure, and where the value is 0.
    """
    if not values[node] > 0:
        return None
    weight = network.strengths.values[ties]
    other = np.where(network.source[ties] == node, network.target[ties], network.source[ties])
    if measure in {"degree", "two-mode-degree"}:
        return np.full(len(ties), 1 / max(1, len(ties)))
    if measure in {"in-degree", "out-degree"}:
        ends = network.target if measure == "in-degree" else network.source
        counted: Floats = (ends[ties] == node).astype(np.float64)
        return counted / max(1.0, float(counted.sum()))
    if measure == "strength":
        made: Floats = weight / weight.sum()
        return made
    if network.directed:
        return None
    if measure == "pagerank":
        strength = np.bincount(network.source, network.strengths.values, network.n)
        strength += np.bincount(network.target, network.strengths.values, network.n)
        walked: Floats = DAMPING * weight * values[other] / strength[other] / values[node]
        return walked
    if measure == "eigenvector":
        pulled: Floats = weight * values[other]
        return pulled / max(float(pulled.sum()), 1e-300)
    return None
