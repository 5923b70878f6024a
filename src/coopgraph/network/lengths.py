"""Distances as whole numbers: sums of whole numbers are exact, so that equally long paths count as equally long."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coopgraph.network.arrays import Distances, Floats

# Distances are quotients of small whole numbers; floating point only blurs them.
LARGEST_DENOMINATOR: Final = 1_000_000
# No path is longer than this, whatever the network: a sum of lengths stays a 64-bit integer.
LONGEST_INTEGER: Final = 2**62
# The same for whole numbers that are kept as floating point: sums stay exact.
LONGEST_FLOAT: Final = 2**53
_BLUR: Final = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """Whole numbers, one for each tie; a distance is its length divided by `scale`, up to the relative `error`."""

    values: NDArray[np.int64]
    scale: int
    error: float = 0.0


def exact(distances: Distances) -> tuple[list[int], int]:
    """The distances as whole numbers of any size, and what they are multiplied by: distance = number / scale.

    Each distance is taken for the nearest fraction with a denominator of at most a million.

    Raises:
        ValueError: if a distance is not a positive, finite number.
    """
    different, place = np.unique(distances.values, return_inverse=True)
    fractions = _fractions(different)
    scale = lcm(*(fraction.denominator for fraction in fractions))
    whole = [fraction.numerator * (scale // fraction.denominator) for fraction in fractions]
    return [whole[index] for index in place.tolist()], scale


def lengths(distances: Distances, *, nodes: int, longest: int = LONGEST_INTEGER) -> Lengths:
    """The distances as 64-bit whole numbers such that no path through that many nodes is longer than `longest`.

    Exact where the common denominator of the nearest fractions leaves room for that. Otherwise each distance is
    rounded to a multiple of 1 / scale with the largest scale that does, a power of two. `error` is the largest relative
    deviation from the distances given, 0 if that is no more than floating point makes.

    Raises:
        ValueError: if a distance is not a positive, finite number, or if rounding would make one nothing.
    """
    different, place = np.unique(distances.values, return_inverse=True)
    if not len(different):
        return Lengths(np.zeros(0, dtype=np.int64), 1)
    room = longest // max(1, nodes)
    _require_positive(different)
    largest = float(different[-1])
    fractions, scale = _as_fractions(different, int(room / largest))
    if fractions:
        whole = np.array([fraction.numerator * (scale // fraction.denominator) for fraction in fractions])
        return Lengths(whole.astype(np.int64)[place], scale, _error(different, np.array(fractions, dtype=np.float64)))
    scale = 1
    while largest * scale * 2 <= room:
        scale *= 2
    rounded = np.rint(different * scale).astype(np.int64)
    if rounded[0] == 0:
        raise ValueError("the distances differ too much to be measured by one unit")
    return Lengths(rounded[place], scale, _error(different, rounded / scale))


def _error(different: Floats, taken: Floats) -> float:
    error = float(np.max(np.abs(taken - different) / different))
    return error if error > _BLUR else 0.0


def _as_fractions(different: Floats, room: int) -> tuple[list[Fraction], int]:
    """The nearest fractions and their common denominator; no fractions if it is larger than `room`."""
    fractions, scale = [], 1
    for value in different.tolist():
        fractions.append(_fraction(value))
        scale = lcm(scale, fractions[-1].denominator)
        if scale > room:
            return [], scale
    return fractions, scale


def _fractions(different: Floats) -> list[Fraction]:
    _require_positive(different)
    return [_fraction(value) for value in different.tolist()]


def _require_positive(different: Floats) -> None:
    if len(different) and not (different[0] > 0 and np.isfinite(different[-1])):
        raise ValueError("a distance must be a positive, finite number")


def _fraction(value: float) -> Fraction:
    near = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    # What is smaller than half a millionth would become nothing.
    return near if near else Fraction(value)
