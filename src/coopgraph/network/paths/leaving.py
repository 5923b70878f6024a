"""The ties that leave a set of nodes, and draws among weights: what every search for paths repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from coopgraph.network.arrays import Floats, Indices


class Leaving:
    """The rows of a matrix: for each node the ties that leave it, and what each measures."""

    def __init__(self, matrix: sparse.csr_array) -> None:
        """Keep the arrays of the matrix, whose entry (a, b) measures the tie from a to b."""
        self.n: int = matrix.shape[0]
        self.ends: Indices = matrix.indices
        self.values: Floats = matrix.data
        self.degree: NDArray[np.int64] = np.diff(matrix.indptr).astype(np.int64)
        self._starts: NDArray[np.int64] = matrix.indptr[:-1].astype(np.int64)

    def of(self, nodes: Indices) -> tuple[Indices, Any]:
        """For every tie that leaves one of the nodes: its origin, and its place in `ends` and `values`."""
        degree = self.degree[nodes]
        last = np.cumsum(degree)
        first = self._starts[nodes] - last + degree
        return np.repeat(nodes, degree), np.repeat(first, degree) + np.arange(last[-1] if len(last) else 0)

    def at(self, node: int) -> slice:
        """The places of the ties that leave one node."""
        return slice(int(self._starts[node]), int(self._starts[node] + self.degree[node]))


def each_once(nodes: Indices, place: NDArray[np.int64]) -> Indices:
    """The different nodes among these, in no particular order; `place` is an array for all nodes, to be written to.

    Of all writes to the same place the last one stays, which tells one occurrence of each node without sorting.
    """
    order = np.arange(len(nodes))
    place[nodes] = order
    once: Indices = nodes[place[nodes] == order]
    return once


def drawn(weights: Any, generator: np.random.Generator) -> int:
    """An index, drawn with probabilities in proportion to the weights."""
    totals = np.cumsum(weights)
    return int(np.searchsorted(totals, generator.random() * totals[-1], side="right"))
