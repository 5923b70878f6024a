"""The leading eigenvector of a symmetric matrix of strengths, made unique also where the network falls into pieces."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import linalg as dense
from scipy import sparse
from scipy.sparse import csgraph, linalg

from coopgraph.errors import CoopgraphError
from coopgraph.network.arrays import quotients

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgraph.network.arrays import Floats, Indices

# Up to this size a dense solver is as fast as an iterative one, and exact to the last digits.
_DENSE: Final = 400
# Beyond it: the vectors that the iteration keeps, how often it starts again, and how close the eigenvalue must be.
_KEPT: Final = 40
_ROUNDS: Final = 500
_CLOSE: Final = 1e-12
# Eigenvalues of two components that differ by less count as equal.
_EQUAL: Final = 1e-9


def leading(matrix: sparse.csr_array) -> tuple[float, Floats]:
    """The largest eigenvalue of a symmetric matrix without negative entries, and its eigenvector of length 1.

    Each connected component has one positive eigenvector of its own. The vector returned is the projection of equal
    values on the space of those components whose eigenvalue is the largest, which is where repeated averaging over
    neighbours ends when it begins with equal values. So it has no negative entries, is 0 in the other components, and
    does not depend on the order of the rows. Without ties the eigenvalue and all entries are 0.

    Raises:
        CoopgraphError: "internal" if the vector of a large component does not settle, as in chains of thousands.
    """
    size = matrix.shape[0]
    values = np.zeros(size)
    if not matrix.nnz:
        return 0.0, values
    count, component = csgraph.connected_components(matrix, directed=False)
    members = np.split(np.argsort(component, kind="stable"), np.cumsum(np.bincount(component, minlength=count))[:-1])
    # No eigenvalue exceeds the largest sum of a row, so most small components need not be looked into.
    bounds = np.zeros(count)
    np.maximum.at(bounds, component, matrix.sum(axis=1))
    found: list[tuple[float, Floats, Indices]] = []
    largest = 0.0
    for place in np.argsort(-bounds, kind="stable").tolist():
        if not bounds[place] or bounds[place] < largest * (1 - _EQUAL):
            break
        own = members[place]
        eigenvalue, vector = _positive(matrix[own][:, own])
        found.append((eigenvalue, vector, own))
        largest = max(largest, eigenvalue)
    for eigenvalue, vector, own in found:
        if eigenvalue >= largest * (1 - _EQUAL):
            values[own] = vector.sum() * vector
    return largest, values / np.linalg.norm(values)


def norm(matrix: sparse.csr_array) -> float:
    """The largest singular value; of a symmetric matrix without negative entries it is the largest eigenvalue.

    Raises:
        CoopgraphError: "internal" if it does not settle.
    """
    if not matrix.nnz:
        return 0.0
    if max(matrix.shape) <= _DENSE:
        return float(np.linalg.norm(matrix.toarray(), 2))
    with _settling(matrix):
        start = np.ones(min(matrix.shape))
        values = linalg.svds(
            matrix, k=1, v0=start, ncv=_KEPT, maxiter=_ROUNDS, tol=_CLOSE, return_singular_vectors=False
        )
    return float(values[0])


def sides(matrix: sparse.csr_array) -> tuple[Floats, Floats]:
    """The leading singular vectors of a matrix without negative entries, of rows and of columns; each sums to 1.

    They are the two halves of the leading eigenvector of the symmetric matrix of twice the size that joins each row to
    its columns, n rows further on, and made unique as it is. Without ties all entries are 0.

    Raises:
        CoopgraphError: "internal" if they do not settle.
    """
    _, values = leading(sparse.csr_array(sparse.block_array([[None, matrix], [matrix.T, None]])))
    rows, columns = np.split(values, 2)
    return quotients(rows, np.full(len(rows), rows.sum())), quotients(columns, np.full(len(columns), columns.sum()))


def _positive(matrix: sparse.csr_array) -> tuple[float, Floats]:
    """The largest eigenvalue of a connected network, and its eigenvector of length 1, whose entries are positive."""
    if matrix.shape[0] <= _DENSE:
        # The last pair alone: finding all of them wakes threads, which costs many times as much.
        last = matrix.shape[0] - 1
        values, vectors = dense.eigh(matrix.toarray(), subset_by_index=(last, last))
    else:
        with _settling(matrix):
            start = np.ones(matrix.shape[0])
            values, vectors = linalg.eigsh(matrix, k=1, which="LA", v0=start, ncv=_KEPT, maxiter=_ROUNDS, tol=_CLOSE)
    return float(values[-1]), np.abs(vectors[:, -1])


@contextmanager
def _settling(matrix: sparse.csr_array) -> Iterator[None]:
    try:
        yield
    except linalg.ArpackNoConvergence as error:
        raise CoopgraphError(
            "internal",
            f"The leading eigenvector of a component of {matrix.shape[0]:,} nodes did not settle in {_ROUNDS} rounds.",
            remedy="Name other measures: eigenvector centrality, Katz and HITS need it.",
        ) from error
