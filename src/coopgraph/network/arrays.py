"""The kinds of array in this room, and the two quantities of a tie, which no measure can take for one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Indices = NDArray[np.int32]
Counts = NDArray[np.int32]
Keys = NDArray[np.int64]  # pairs of indices as one number
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Days = NDArray[np.datetime64]  # whole days; NaT where nothing is known


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """How far apart the ends of each tie are: more is farther. What shortest paths add up."""

    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Strengths:
    """How close the ends of each tie are: more is closer. What sums and random walks read."""

    values: Floats

    def distances(self) -> Distances:
        """1 / strength for each tie."""
        return Distances(1.0 / self.values)


def quotients(above: ArrayLike, below: ArrayLike) -> Floats:
    """`above` / `below`, entry by entry; 0 where `below` is not positive."""
    divisor = np.asarray(below, dtype=np.float64)
    found: Floats = np.divide(above, divisor, out=np.zeros(divisor.shape), where=divisor > 0)
    return found


def different(keys: Keys) -> Keys:
    """The different ones of these, in order; by sorting, which takes a twentieth of the time of NumPy's hashing."""
    ordered = np.sort(keys)
    first: Mask = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)]
    kept: Keys = ordered[first]
    return kept
