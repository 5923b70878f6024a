"""Positions whose distances on paper come as near as possible to distances in the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats, Indices

_STEPS: Final = 200
_ENOUGH: Final = 1e-5
_FLAT: Final = 1e-9


def positions(n: int, source: Indices, target: Indices, lengths: Floats) -> Floats:
    """An n × 2 array for a connected network, by stress majorisation from a start on a circle; no chance in it.

    The stress is the sum over pairs of (distance on paper - shortest path)² / (shortest path)². Each step solves the
    majorising linear system, so the stress never grows. Time O(n³) once, then O(n²) for each step.

    References:
        E. R. Gansner, Y. Koren, S. North, Graph drawing by stress majorization, GD 2004, LNCS 3383, 239-250.
    """
    angle = 2 * np.pi * np.arange(n) / max(1, n)
    start = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    if n < 3:
        return start
    matrix = sparse.csr_array((lengths, (source, target)), shape=(n, n))
    wanted: Floats = csgraph.shortest_path(matrix, directed=False)
    np.fill_diagonal(wanted, 1.0)
    weight = wanted**-2
    np.fill_diagonal(weight, 0.0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    # The first node is held at the origin: the stress does not change when everything moves together.
    solved = np.linalg.inv(laplacian[1:, 1:])
    found, before = start * wanted.max() / 2, np.inf
    for _ in range(_STEPS):
        apart = _apart(found)
        stress = float((weight * (apart - wanted) ** 2).sum())
        if before - stress < _ENOUGH * before:
            break
        before = stress
        ratio = np.where(apart > _FLAT, weight * wanted / np.maximum(apart, _FLAT), 0.0)
        pull = np.diag(ratio.sum(axis=1)) - ratio
        found = np.vstack([np.zeros((1, 2)), solved @ (pull @ found)[1:]])
    return _turned(found)


def _apart(points: Floats) -> Floats:
    return np.asarray(np.linalg.norm(points[:, None, :] - points[None, :, :], axis=2))


def _turned(points: Floats) -> Floats:
    """The points with their longest extent across, the heavier half to the left and above: the same every time."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned = centred @ axes.T
    signs = np.where((turned**3).sum(axis=0) < 0, -1.0, 1.0)
    return np.asarray(turned * signs)
