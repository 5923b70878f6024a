"""Between which ranks a node stands over many runs, and in how many of them it does not stand at all."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from coopgraph.network.arrays import Counts, Floats, Indices, Mask

LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class RankIntervals:
    """One entry for each node of the table; always best <= low <= high <= worst, and all are ranks that occurred.

    The four ranks are over the runs in which the node is present, 0 if there is none; `missing` counts the others.
    An absent node is given no rank: any rank would be made up, and by a bootstrap over documents whoever is known from
    one document is absent from more than a third of the rounds, so that a made-up rank would fill every interval.
    Absence is stated beside the interval instead, and `open` marks where it is too frequent to be left unsaid.
    `low` and `high` leave out (1 - level) / 2 of the runs at either end.
    """

    best: Indices
    worst: Indices
    low: Indices
    high: Indices
    missing: Counts
    rounds: int
    level: float

    @property
    def present(self) -> Floats:
        """The share of the runs in which each node is present; 1 without any run."""
        return 1.0 - self.missing / max(1, self.rounds)

    @property
    def open(self) -> Mask:
        """Whether the node is absent from more than (1 - level) / 2 of the runs.

        If absence counted as a place behind all others, as it would for whoever sees only that run, the upper end of
        exactly these intervals would be that place.
        """
        return self.missing > _tail(self.rounds, self.level)


def intervals(ranks: Indices, level: float = LEVEL) -> RankIntervals:
    """The intervals over runs × nodes ranks, 0 where a node is missing.

    The ends are sample quantiles by the inverse of the empirical distribution (type 1 of Hyndman and Fan 1996,
    doi:10.1080/00031305.1996.10473566): ranks are not interpolated. Time O(runs log runs) for each node.

    Raises:
        ValueError: if `level` is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError("the level of an interval lies between 0 and 1")
    rounds, nodes = ranks.shape
    if not rounds:
        nothing = np.zeros(nodes, dtype=np.int32)
        return RankIntervals(nothing, nothing, nothing, nothing, nothing, 0, level)
    ordered = np.sort(ranks, axis=0)
    missing = np.count_nonzero(ordered == 0, axis=0)
    present = rounds - missing
    ends = (_taken(ordered, missing, _position(present, share)) for share in (0.0, 1.0, *_shares(level)))
    best, worst, low, high = (np.where(present > 0, end, 0).astype(np.int32) for end in ends)
    return RankIntervals(best, worst, low, high, missing.astype(np.int32), rounds, level)


def _shares(level: float) -> tuple[float, float]:
    return (1 - level) / 2, (1 + level) / 2


def _tail(rounds: int, level: float) -> int:
    return floor(round(rounds * (1 - level) / 2, 9))


def _position(present: Indices, share: float) -> Indices:
    """The place, from 0, of the smallest value at or below which at least this share of the values lies."""
    positions: Indices = np.maximum(np.ceil(np.round(present * share, 9)) - 1, 0).astype(np.int64)
    return positions


def _taken(ordered: Indices, missing: Indices, position: Indices) -> Indices:
    rows = np.minimum(missing + position, len(ordered) - 1)
    taken: Indices = np.take_along_axis(ordered, rows[np.newaxis, :], axis=0)[0]
    return taken
