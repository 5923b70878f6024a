"""What depends on the ties among a node's neighbours, by products of sparse matrices, some rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from coopgraph.network.arrays import quotients
from coopgraph.network.blocks import blocks
from coopgraph.network.measures.constraint import OF_AN_ISOLATE

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats
    from coopgraph.network.network import Network


def constraint(network: Network) -> Floats:
    """As the measure."""
    mutual = _mutual(network)
    tied = _pattern(mutual)
    effort = _rows_times(mutual, quotients(1.0, mutual.sum(axis=1)))
    values = np.zeros(network.n)
    for rows in blocks(tied, tied):
        invested = effort[rows] + (effort[rows] @ effort).multiply(tied[rows])
        values[rows] = invested.multiply(invested).sum(axis=1)
    values[np.diff(tied.indptr) == 0] = OF_AN_ISOLATE
    return values


def effective_size(network: Network) -> Floats:
    """As the measure."""
    mutual = _mutual(network)
    tied = _pattern(mutual)
    effort = _rows_times(mutual, quotients(1.0, mutual.sum(axis=1)))
    largest = mutual.max(axis=1).toarray().ravel() if network.m else np.zeros(network.n)
    # The matrix of strengths is symmetric, so the marginal strengths of the columns are those of the rows turned.
    marginal = sparse.csr_array(_rows_times(mutual, quotients(1.0, largest)).T)
    values: Floats = np.diff(tied.indptr).astype(np.float64)
    for rows in blocks(tied, tied):
        values[rows] -= (effort[rows] @ marginal).multiply(tied[rows]).sum(axis=1)
    return values


def weighted_clustering(network: Network) -> Floats:
    """As the measure."""
    strengths = network.adjacency(network.strengths)
    tied = _pattern(strengths)
    closed = np.zeros(network.n)
    for rows in blocks(tied, tied):
        closed[rows] = (tied[rows] @ tied).multiply(strengths[rows]).sum(axis=1)
    possible = strengths.sum(axis=1) * (np.diff(tied.indptr) - 1)
    return quotients(closed, possible)


def _mutual(network: Network) -> sparse.csr_array:
    """The strengths between two nodes, both directions added."""
    strengths = network.adjacency(network.strengths)
    return sparse.csr_array(strengths + strengths.T) if network.directed else strengths


def _pattern(matrix: sparse.csr_array) -> sparse.csr_array:
    return sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)


def _rows_times(matrix: sparse.csr_array, factors: Floats) -> sparse.csr_array:
    data = matrix.data * np.repeat(factors, np.diff(matrix.indptr))
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
