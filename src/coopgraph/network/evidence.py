"""What the ties of a network rest on: shared targets, documents, independent publishers, and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.arrays import different
from coopgraph.network.days import UNKNOWN
from coopgraph.network.joined import joined, makes_ties
from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Counts, Days, Indices, Keys
    from coopgraph.network.joined import Joined
    from coopgraph.network.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One entry for each tie of a network, in its order.

    `targets`: how many different things join the ends: shared targets (events) in a one-mode network; else the things
    that stand between, such as posts, or 1 where nothing does. `documents`: how many documents state one of the
    statements that make the tie; `publishers`: how many publishers these have, documents of one publisher counting
    once and all documents whose publisher is unknown counting as one publisher. `first` and `last`: the earliest and
    the latest day on which what joins the ends can have been; NaT where no source dates it.
    """

    targets: Counts
    documents: Counts
    publishers: Counts
    first: Days
    last: Days


def evidence(affiliations: Affiliations, network: Network) -> Evidence:
    """What each tie rests on; `network` must have been made from these affiliations.

    A statement counts for a tie of a one-mode network if it joins one end to a target that both ends share, and the
    network's rule lets that target make ties. Statements without a document count for no document and no publisher.
    Time and memory grow with the number of pairs of statements that share a target; the pairs are taken in blocks.
    """
    publisher = _publishers(affiliations)
    gathered = _Gathered(network.m)
    for found in joined(affiliations, network):
        gathered.add(affiliations, found, publisher)
    return gathered.evidence()


def statements(affiliations: Affiliations, network: Network, tie: int) -> Indices:
    """The rows of the affiliations that the tie of this index rests on, in order.

    Raises:
        IndexError: if the network has no such tie.
    """
    if not 0 <= tie < network.m:
        raise IndexError(f"the network has no tie {tie}")
    first, second = (int(network.origin[end[tie]]) for end in (network.source, network.target))
    rows = affiliations
    if network.mode is not Mode.ONE_MODE:
        there = (rows.source == first) & (rows.target == second)
        if network.mode is Mode.TWO_MODE:
            there |= (rows.source == second) & (rows.target == first)
        return np.flatnonzero(there).astype(np.int32)
    shared = np.intersect1d(rows.target[rows.source == first], rows.target[rows.source == second])
    shared = shared[makes_ties(affiliations, network)[shared]]
    ends = (rows.source == first) | (rows.source == second)
    return np.flatnonzero(ends & np.isin(rows.target, shared)).astype(np.int32)


def _publishers(affiliations: Affiliations) -> Keys:
    """The publisher of each document by number, all unknown ones having the same; -1 for no document."""
    names = {name: number for number, name in enumerate(sorted({cited.publisher for cited in affiliations.documents}))}
    return np.array([*(names[cited.publisher] for cited in affiliations.documents), -1], dtype=np.int64)


class _Gathered:
    """The evidence of all ties, gathered piece by piece."""

    def __init__(self, ties: int) -> None:
        self._targets, self._documents, self._publishers = (np.zeros(ties, dtype=np.int32) for _ in range(3))
        self._first, self._last = np.full(ties, UNKNOWN), np.full(ties, UNKNOWN)

    def add(self, affiliations: Affiliations, found: Joined, publisher: Keys) -> None:
        """Add what concerns some ties, which have not been added before."""
        ties, documents = _different(found.tie, affiliations.document[found.rows].astype(np.int64))
        self._documents += self._counted(ties)
        self._publishers += self._counted(_different(ties, publisher[documents])[0])
        self._targets += self._counted(_different(found.tie, found.between.astype(np.int64))[0])
        order = np.argsort(found.tie, kind="stable")
        ties, rows = found.tie[order], found.rows[order]
        begins = np.flatnonzero(np.diff(ties, prepend=-1))
        there = ties[begins]
        if len(begins):
            self._targets[there] = np.maximum(self._targets[there], 1)
            # NaT is left out of a comparison by fmin and fmax, as NaN is.
            self._first[there] = np.fmin.reduceat(affiliations.first[rows], begins)
            self._last[there] = np.fmax.reduceat(affiliations.last[rows], begins)

    def evidence(self) -> Evidence:
        """What has been gathered."""
        return Evidence(self._targets, self._documents, self._publishers, self._first, self._last)

    def _counted(self, ties: Keys) -> Counts:
        return np.bincount(ties, minlength=len(self._targets)).astype(np.int32)


def _different(tie: Keys, values: Keys) -> tuple[Keys, Keys]:
    """The different pairs of a tie and a value, -1 being none."""
    known = values >= 0
    width = values.max(initial=0) + 1
    keys = different(tie[known] * width + values[known])
    return keys // width, keys % width
