"""The bare ties of a network: who is tied to whom, whatever the direction and the weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy import sparse

    from coopgraph.network.network import Network


def undirected(network: Network) -> sparse.csr_array:
    """The symmetric matrix of ones where two nodes are tied in either direction."""
    ties = network.adjacency()
    return ties.maximum(ties.T).tocsr() if network.directed else ties
