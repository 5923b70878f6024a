"""Distances as whole numbers: sums of whole numbers are exact, so that equally long paths count as equally long."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coopgraph.network.arrays import Distances, Floats

# Distances are quotients of small whole numbers; floating point only blurs them.
LARGEST_DENOMINATOR: Final = 1_000_000
# No path is longer than this, whatever the network: sums of whole numbers that are kept as floating point stay exact.
LONGEST: Final = 2**53


def exact(distances: Distances) -> list[int]:
    """Whole numbers of any size in the proportion of the distances.

    Each distance is taken for the nearest fraction with a denominator of at most a million.

    Raises:
        ValueError: if a distance is not a positive, finite number.
    """
    different, place = _different(distances)
    fractions = [_fraction(value) for value in different.tolist()]
    whole = _whole(fractions, lcm(*(fraction.denominator for fraction in fractions)))
    return [whole[index] for index in place.tolist()]


def lengths(distances: Distances, *, nodes: int) -> Floats | None:
    """Whole numbers in the proportion of the distances, as floating point; None where all distances are alike.

    No path through that many nodes is longer than `LONGEST`. The proportion is exact where the common denominator of
    the nearest fractions leaves room for that. Otherwise each distance is rounded to a multiple of the smallest power
    of two that does.

    Raises:
        ValueError: if a distance is not a positive, finite number, or if rounding would make one nothing.
    """
    different, place = _different(distances)
    if len(different) <= 1:
        return None
    room = LONGEST // max(1, nodes)
    largest = float(different[-1])
    fractions, scale = _as_fractions(different, int(room / largest))
    if fractions:
        return np.array(_whole(fractions, scale), dtype=np.float64)[place]
    scale = 1
    while largest * scale * 2 <= room:
        scale *= 2
    rounded: Floats = np.rint(different * scale)
    if rounded[0] == 0:
        raise ValueError("the distances differ too much to be measured by one unit")
    return rounded[place]


def _different(distances: Distances) -> tuple[Floats, NDArray[np.intp]]:
    """The different distances, smallest first, and which of them each is."""
    different, place = np.unique(distances.values, return_inverse=True)
    if len(different) and not (different[0] > 0 and np.isfinite(different[-1])):
        raise ValueError("a distance must be a positive, finite number")
    return different, place


def _as_fractions(different: Floats, room: int) -> tuple[list[Fraction], int]:
    """The nearest fractions and their common denominator; no fractions if it is larger than `room`."""
    fractions, scale = [], 1
    for value in different.tolist():
        fractions.append(_fraction(value))
        scale = lcm(scale, fractions[-1].denominator)
        if scale > room:
            return [], scale
    return fractions, scale


def _whole(fractions: list[Fraction], scale: int) -> list[int]:
    return [fraction.numerator * (scale // fraction.denominator) for fraction in fractions]


def _fraction(value: float) -> Fraction:
    near = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    # What is smaller than half a millionth would become nothing.
    return near if near else Fraction(value)
