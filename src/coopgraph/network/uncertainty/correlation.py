"""How far two rankings of the same nodes agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from coopgraph.network.ranking import DECIMALS, published

if TYPE_CHECKING:
    from collections.abc import Container

    from coopgraph.network.arrays import Floats, Mask
    from coopgraph.network.scoring import Scores


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kendall's tau-b and Spearman's rho over `n` nodes; None where one side gives all nodes the same value.

    Tau-b is (concordant - discordant pairs) / sqrt((pairs not tied in a) (pairs not tied in b)); rho is the
    correlation of mid-ranks. Both lie between -1 and 1. Tau-b allows for ties (Kendall 1945,
    doi:10.1093/biomet/33.3.239), of which ranks of small networks are full.
    """

    tau: float | None
    rho: float | None
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class Correlations:
    """Agreement of each measure with each other; symmetric matrices with NaN where it is not defined."""

    measures: tuple[str, ...]
    tau: Floats
    rho: Floats
    n: int


def agreement(a: Floats, b: Floats, among: Mask | None = None) -> Agreement:
    """The agreement of two columns of values over the nodes that have both (and are `among` these).

    Values are compared as published, rounded. Time O(n log n).
    """
    both = ~(np.isnan(a) | np.isnan(b))
    if among is not None:
        both &= among
    first, second = published(a[both]), published(b[both])
    n = len(first)
    if n < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return Agreement(None, None, n)
    tau = stats.kendalltau(first, second, variant="b").statistic
    rho = stats.spearmanr(first, second).statistic
    return Agreement(round(float(tau), DECIMALS), round(float(rho), DECIMALS), n)


def correlations(scores: Scores, among: Mask | None = None, lowest: Container[str] = frozenset()) -> Correlations:
    """How far the measures order the same nodes alike; give `among` so that actors are not compared with events.

    Scores named in `lowest`, of which the lowest value ranks first, are turned round, so that 1 always means that the
    same nodes rank first.
    """
    names = tuple(scores)
    tau, rho = np.full((2, len(names), len(names)), np.nan)
    n = 0
    for i, first in enumerate(names):
        for j, second in enumerate(names[: i + 1]):
            turned = -1.0 if (first in lowest) != (second in lowest) else 1.0
            found = agreement(scores[first], turned * scores[second], among)
            n = max(n, found.n)
            tau[i, j] = tau[j, i] = np.nan if found.tau is None else found.tau
            rho[i, j] = rho[j, i] = np.nan if found.rho is None else found.rho
    return Correlations(names, tau, rho, n)
