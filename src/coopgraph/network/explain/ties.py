"""The ties of one actor, with what each rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network import evidence, fold
from coopgraph.network.explain.account import Occasion, Tie, Way
from coopgraph.network.explain.statements import statements
from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.explain.account import Statement
    from coopgraph.network.network import Network
    from coopgraph.network.scoring import Plan


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shown:
    """What an account is about: a network, and the rows and the plan that it was made from."""

    affiliations: Affiliations
    plan: Plan
    network: Network
    base: str

    def statements(self, rows: Indices) -> tuple[Statement, ...]:
        """The statements of these rows."""
        return statements(self.affiliations, self.plan.projection, rows.tolist(), base=self.base)


def ties(
    shown: Shown, node: int, held: Indices, parts: Floats | None, ranks: Indices, *, at_most: int
) -> tuple[Tie, ...]:
    """The ties `held` by a node, largest part of its value first, else strongest first, then by IRI of the other."""
    network = shown.network
    strength = network.strengths.values[held]
    other = np.where(network.source[held] == node, network.target[held], network.source[held])
    weight = strength if parts is None else parts
    order = np.lexsort((network.source[held] != node, other, -np.round(weight, 12)))[:at_most]
    return tuple(
        Tie(
            other=network.nodes[int(other[place])],
            way=_way(network, node, int(held[place])),
            rank=int(ranks[network.origin[other[place]]]),
            strength=float(strength[place]),
            share=None if parts is None else float(parts[place]),
            occasions=_occasions(shown, int(network.origin[node]), int(network.origin[other[place]]), int(held[place])),
        )
        for place in order.tolist()
    )


def _way(network: Network, node: int, tie: int) -> Way:
    if not network.directed:
        return Way.BOTH
    return Way.OUT if int(network.source[tie]) == node else Way.IN


def _occasions(shown: Shown, actor: int, other: int, tie: int) -> tuple[Occasion, ...]:
    rows, network = shown.affiliations, shown.network
    if network.mode is not Mode.ONE_MODE:
        adds = float(network.strengths.values[tie])
        return (Occasion(None, adds, shown.statements(evidence.statements(rows, network, tie)), ()),)
    own, others = rows.source == actor, rows.source == other
    shared = np.intersect1d(rows.target[own], rows.target[others])
    size = fold.sizes(rows)[shared]
    adds_each = network.rule.share(size)
    found = [
        Occasion(
            target=rows.nodes[target],
            adds=adds,
            own=shown.statements(np.flatnonzero(own & (rows.target == target)).astype(np.int32)),
            others=shown.statements(np.flatnonzero(others & (rows.target == target)).astype(np.int32)),
        )
        for target, adds in zip(shared.tolist(), adds_each.tolist(), strict=True)
        if adds > 0
    ]
    return tuple(sorted(found, key=lambda each: (-each.adds, each.target.iri if each.target else "")))
