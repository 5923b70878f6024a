"""What brokerage chance alone would give each node, and how far its actual brokerage is from that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.measures.brokerage import Role, brokerage

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats, Indices, Mask
    from coopgraph.network.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """One value for each node: brokerage in a role, its mean and standard deviation under chance, and the z-score.

    `z` is (observed - expected) / deviation, and 0 where chance leaves no choice. All are NaN for nodes of no group.
    """

    observed: Floats
    expected: Floats
    deviation: Floats
    z: Floats


def chance(network: Network, groups: Indices, role: Role) -> Chance:
    """Compare with networks of the same groups in which every tie exists, independently, with the same probability.

    With p the density of ties among the nodes of any group and the possible pairs of the role, each is brokered with
    probability p^2 (1 - p); two pairs that share an end depend on each other, which adds p^3 (1 - p)^3 each to the
    variance. Without direction the two directions of a tie are one draw, so that pairs counted from both ends have
    twice the variance. Complexity: that of `brokerage`.

    References:
        R. V. Gould, R. M. Fernandez, Structures of mediation: a formal approach to brokerage in transaction networks,
        Sociological Methodology 19 (1989) 89-126, appendix.
    """
    observed = brokerage(network, groups, role)
    member = groups >= 0
    size = np.bincount(groups[member]).astype(np.float64)
    pairs, shared = _possible(size, role)
    density = _density(network, member)
    once = density**2 * (1 - density)
    variance = pairs * once * (1 - once) + shared * density**3 * (1 - density) ** 3
    if not network.directed and role not in {Role.GATEKEEPER, Role.REPRESENTATIVE}:
        variance = 2 * variance
    expected, deviation = np.full(network.n, np.nan), np.full(network.n, np.nan)
    expected[member] = (pairs * once)[groups[member]]
    deviation[member] = np.sqrt(variance)[groups[member]]
    z = np.where(member, 0.0, np.nan)
    np.divide(observed - expected, deviation, out=z, where=member & (deviation > 0))
    return Chance(observed, expected, deviation, z)


def _density(network: Network, member: Mask) -> float:
    count = int(np.count_nonzero(member))
    ties = int(np.count_nonzero(member[network.source] & member[network.target]))
    possible = count * (count - 1) / (1 if network.directed else 2)
    return ties / possible if possible else 0.0


def _possible(size: Floats, role: Role) -> tuple[Floats, Floats]:
    """For a broker of each group: possible ordered pairs, and ordered pairs of these that share one end."""
    own = np.maximum(size - 1, 0)
    rest = size.sum() - size

    def over_others(values: Floats) -> Floats:
        return np.asarray(values.sum() - values)

    match role:
        case Role.COORDINATOR:
            return own * (own - 1), 2 * own * (own - 1) * (own - 2)
        case Role.GATEKEEPER | Role.REPRESENTATIVE:
            return own * rest, own * rest * (rest - 1) + rest * own * (own - 1)
        case Role.ITINERANT:
            return over_others(size * (size - 1)), 2 * over_others(size * (size - 1) * (size - 2))
        case Role.LIAISON:
            # One end in group g, the other in one that is neither g nor the broker's.
            away = np.maximum(rest[:, None] - size[None, :], 0)
            np.fill_diagonal(away, 0)
            return away @ size, 2 * (away * np.maximum(away - 1, 0)) @ size
        case Role.TOTAL:
            others = max(size.sum() - 1, 0)
            return (
                np.full(len(size), others * (others - 1)),
                np.full(len(size), 2 * others * (others - 1) * (others - 2)),
            )
