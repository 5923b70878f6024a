"""Brokerage roles: between which groups a node mediates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from coopgraph.network.blocks import blocks
from coopgraph.network.grouping import belonging
from coopgraph.network.measures.measure import EITHER, GroupMeasure, Uses

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.network import Network


class Role(StrEnum):
    """What a broker is, by the groups of the one it mediates from, itself, and the one it mediates to."""

    COORDINATOR = "coordinator"
    ITINERANT = "itinerant"
    GATEKEEPER = "gatekeeper"
    REPRESENTATIVE = "representative"
    LIAISON = "liaison"
    TOTAL = "total"


PATTERNS: Final = {
    Role.COORDINATOR: "A → A → A: between two of the broker's own group",
    Role.ITINERANT: "A → B → A: between two of one group that is not the broker's",
    Role.GATEKEEPER: "A → B → B: from another group into the broker's own",
    Role.REPRESENTATIVE: "A → A → B: from the broker's own group to another",
    Role.LIAISON: "A → B → C: between two other groups",
    Role.TOTAL: "all five roles together",
}


def brokerage(network: Network, groups: Indices, role: Role) -> Floats:
    """How many ordered pairs of others each node mediates between in this role.

    Formula: b(v) = number of pairs i, k with i → v, v → k, not i → k, i other than k, whose groups and that of v form
    the pattern of the role. Every pair counts as one, however many brokers it has. Nodes of no group have NaN, and
    pairs with one of them do not count. Not normalised; `brokerage_chance` compares with what chance would give.
    Direction: followed; without direction each tie runs both ways, so that a pair counts from either end: twice in the
    same role, or once for a gatekeeper and once for a representative. Reads neither strength nor distance. Complexity:
    O(sum of d(v)^2) time.

    References:
        R. V. Gould, R. M. Fernandez, Structures of mediation: a formal approach to brokerage in transaction networks,
        Sociological Methodology 19 (1989) 89-126.
    """
    ties = _Ties.of(network, groups)
    counts = _COUNTS[role](ties)
    return np.where(groups >= 0, counts, np.nan)


@dataclass(frozen=True, slots=True)
class _Ties:
    """The ties between nodes of any group: all of them, those within a group, and those between two."""

    every: sparse.csr_array
    within: sparse.csr_array
    between: sparse.csr_array
    belonging: sparse.csr_array

    @classmethod
    def of(cls, network: Network, groups: Indices) -> _Ties:
        ties = network.adjacency().tocoo()
        rows, columns = ties.row, ties.col
        grouped = (groups[rows] >= 0) & (groups[columns] >= 0)
        same = groups[rows] == groups[columns]
        every, within, between = (
            sparse.csr_array((np.ones(np.count_nonzero(part)), (rows[part], columns[part])), shape=ties.shape)
            for part in (grouped, grouped & same, grouped & ~same)
        )
        return cls(every, within, between, belonging(groups))


def _coordinator(ties: _Ties) -> Floats:
    within = ties.within
    return _pairs(within, within) - _returned(within) - _closed(within, within, within)


def _gatekeeper(ties: _Ties) -> Floats:
    return _pairs(ties.between, ties.within) - _closed(ties.between, ties.within, ties.between)


def _representative(ties: _Ties) -> Floats:
    return _pairs(ties.within, ties.between) - _closed(ties.within, ties.between, ties.between)


def _itinerant(ties: _Ties) -> Floats:
    between = ties.between
    senders, receivers = between.T @ ties.belonging, between @ ties.belonging
    pairs = senders.multiply(receivers).sum(axis=1)
    return np.asarray(pairs - _returned(between) - _closed(between, between, ties.within))


def _liaison(ties: _Ties) -> Floats:
    between = ties.between
    pairs = _pairs(between, between) - _returned(between) - _closed(between, between, ties.every)
    return pairs - _itinerant(ties)


def _total(ties: _Ties) -> Floats:
    every = ties.every
    return _pairs(every, every) - _returned(every) - _closed(every, every, every)


_COUNTS: Final = {
    Role.COORDINATOR: _coordinator,
    Role.ITINERANT: _itinerant,
    Role.GATEKEEPER: _gatekeeper,
    Role.REPRESENTATIVE: _representative,
    Role.LIAISON: _liaison,
    Role.TOTAL: _total,
}


def _pairs(before: sparse.csr_array, after: sparse.csr_array) -> Floats:
    """How many ways lead through each node, in by a tie of the one kind and out by a tie of the other."""
    return np.asarray(before.sum(axis=0) * after.sum(axis=1))


def _returned(ties: sparse.csr_array) -> Floats:
    """How many of these ways go back to where they came from."""
    return np.asarray(ties.multiply(ties.T).sum(axis=1))


def _closed(before: sparse.csr_array, after: sparse.csr_array, across: sparse.csr_array) -> Floats:
    """How many ways through each node can do without it, because a tie leads from their beginning to their end."""
    inwards = before.T.tocsr()
    counts = np.zeros(inwards.shape[0])
    for rows in blocks(inwards, across):
        # Row v, column k: how many i have ties both to v and to k.
        counts[rows] = (inwards[rows] @ across).multiply(after[rows]).sum(axis=1)
    return counts


def _measure(role: Role) -> GroupMeasure:
    return GroupMeasure(
        name=f"brokerage-{role.value}",
        label="Brokerage" if role is Role.TOTAL else f"Brokerage as {role.value}",
        modes=EITHER,
        uses=Uses.NOTHING,
        function=partial(brokerage, role=role),
        meaning=f"number of pairs without a tie that a node mediates between; {PATTERNS[role]}",
        formula="number of pairs i, k with i → v → k and not i → k, by the groups of i, v and k",
        normalisation="none; a number of ordered pairs",
        direction="followed; without direction each tie runs both ways, so that a pair counts from either end",
        complexity="O(sum of d(v)²)",
        source="R. V. Gould, R. M. Fernandez, Structures of mediation: a formal approach to brokerage in transaction "
        "networks, Sociological Methodology 19 (1989)",
        doi="10.2307/270949",
    )


MEASURES: Final = tuple(_measure(role) for role in Role)
