"""Who met whom where: one entry for each pair of sources and each target that both are joined to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Indices


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The different pairs of source and target, in order, as indices into the nodes; and the pair of each row."""

    source: Indices
    target: Indices
    of_row: Indices

    def __len__(self) -> int:
        return len(self.source)


@dataclass(frozen=True, slots=True, eq=False)
class Encounters:
    """Encounters in order of their tie, then of what is shared; `first` and `second` are pairs with the same target.

    Tie t joins nodes `source[t]` < `target[t]`; its encounters are those from `begin[t]` up to `begin[t + 1]`.
    """

    first: Indices
    second: Indices
    source: Indices
    target: Indices
    begin: Indices


def pairs(affiliations: Affiliations) -> Pairs:
    """The pairs that the rows state."""
    width = max(1, len(affiliations.nodes))
    keys, of_row = np.unique(affiliations.source.astype(np.int64) * width + affiliations.target, return_inverse=True)
    return Pairs((keys // width).astype(np.int32), (keys % width).astype(np.int32), of_row.astype(np.int32))


def count(pairs: Pairs) -> int:
    """How many encounters there are: n (n - 1) / 2 for each target with n sources."""
    sizes = np.bincount(pairs.target).astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def encounters(pairs: Pairs, width: int) -> Encounters:
    """All encounters, for a table of `width` nodes. Time and memory O(e log e) and O(e) for e of them."""
    by_target = np.argsort(pairs.target, kind="stable").astype(np.int32)
    sizes = np.bincount(pairs.target)
    ends = np.cumsum(sizes)
    firsts, seconds = [], []
    # All targets of one size at once: there are far fewer sizes than targets.
    for size in np.unique(sizes[sizes > 1]).tolist():
        starts = ends[sizes == size] - size
        one, other = np.triu_indices(size, 1)
        firsts.append(by_target[(starts[:, np.newaxis] + one).ravel()])
        seconds.append(by_target[(starts[:, np.newaxis] + other).ravel()])
    first, second = (np.concatenate([np.empty(0, dtype=np.int32), *part]) for part in (firsts, seconds))
    # Pairs stand in order of their source, so the source of `first` is the smaller one.
    key = pairs.source[first].astype(np.int64) * max(1, width) + pairs.source[second]
    order = np.lexsort((pairs.target[first], key)) if len(key) else np.empty(0, dtype=np.int64)
    first, second, key = first[order], second[order], key[order]
    new: Any = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])[: len(key)])
    return Encounters(
        first=first,
        second=second,
        source=pairs.source[first[new]],
        target=pairs.source[second[new]],
        begin=np.concatenate([new, [len(key)]]).astype(np.int64),
    )
