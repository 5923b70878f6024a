"""Ranks: equal values share a rank, and the noise of floating point makes no difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from collections.abc import Container

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.scoring import Scores

DECIMALS: Final = 9
METHOD: Final = (
    f"Values are rounded to {DECIMALS} decimals and ranked from the highest, or from the lowest where that is the more "
    "central; equal values share the best of their ranks and the ranks after them are skipped (1, 2, 2, 4)."
)


def published(values: Floats) -> Floats:
    """The values as they are published: rounded, never minus zero; NaN stays NaN."""
    return np.round(values, DECIMALS) + 0.0


def ranked(values: Floats, groups: Indices | None = None) -> Indices:
    """The rank of each value: 1 for the highest, equal values share the best of their ranks, 0 for NaN.

    Values are rounded first, so that the noise of floating point makes no difference. With `groups` ranks count within
    each group. Time O(n log n).
    """
    shown = published(values)
    group = np.zeros(len(shown), dtype=np.int32) if groups is None else groups
    order = np.lexsort((-shown, group))
    order = order[~np.isnan(shown[order])]
    ranks = np.zeros(len(shown), dtype=np.int32)
    if not len(order):
        return ranks
    value, member = shown[order], group[order]
    position = np.arange(len(order))
    begins = np.concatenate([[True], member[1:] != member[:-1]])
    differs = begins | np.concatenate([[True], value[1:] != value[:-1]])
    group_start = np.maximum.accumulate(np.where(begins, position, 0))
    value_start = np.maximum.accumulate(np.where(differs, position, 0))
    ranks[order] = value_start - group_start + 1
    return ranks


def groups(affiliations: Affiliations, mode: Mode) -> Indices:
    """Among which nodes each node of the table is ranked: 0 the sources, 1 the targets; all alike if ties have a way.

    An actor is never ranked against an event. Where ties join nodes directly, all nodes are of one group.
    """
    found = np.zeros(len(affiliations.nodes), dtype=np.int32)
    if mode is not Mode.DIRECT:
        found[affiliations.targets()] = 1
        found[affiliations.sources()] = 0
    return found


def ranks_of(scores: Scores, groups: Indices, lowest: Container[str] = frozenset()) -> dict[str, Indices]:
    """The ranks within the groups by each score, the highest value first, or the lowest for those of these names."""
    return {name: ranked(-values if name in lowest else values, groups) for name, values in scores.items()}
