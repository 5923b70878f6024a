"""How far two partitions of the same nodes agree."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.network.arrays import Indices


def adjusted_rand(one: Indices, other: Indices) -> float:
    """The adjusted Rand index: 1 for equal partitions, 0 on average for partitions made by chance.

    Formula: (I - E) / (M - E), with I the number of pairs of nodes that both put together, E = A B / C(n, 2), M =
    (A + B) / 2, and A and B the numbers of pairs that each puts together. 1 where M = E, that is where both put
    everything together or everything apart. Takes time n log n.

    References:
        L. Hubert, P. Arabie, Comparing partitions, Journal of Classification 2 (1985) 193-218, doi:10.1007/BF01908075.
    """
    width = int(other.max(initial=0)) + 1
    _, joint = np.unique(one.astype(np.int64) * width + other, return_counts=True)
    both, first, second = _pairs(joint), _pairs(np.bincount(one)), _pairs(np.bincount(other))
    every = len(one) * (len(one) - 1) / 2
    expected = first * second / every if every else 0.0
    largest = (first + second) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


def mean_agreement(partitions: Sequence[Indices]) -> float:
    """The mean adjusted Rand index over all pairs of these partitions; 1 for a single one."""
    found = [adjusted_rand(one, other) for one, other in combinations(partitions, 2)]
    return float(np.mean(found)) if found else 1.0


def most_agreeing(partitions: Sequence[Indices]) -> int:
    """The index of the partition that agrees best with all others on average; the first of equal ones."""
    totals = np.zeros(len(partitions))
    for one, other in combinations(range(len(partitions)), 2):
        totals[[one, other]] += adjusted_rand(partitions[one], partitions[other])
    return int(np.argmax(np.round(totals, 9)))


def _pairs(sizes: np.typing.NDArray[np.int64]) -> float:
    counts = sizes.astype(np.float64)
    return float((counts * (counts - 1)).sum() / 2)
