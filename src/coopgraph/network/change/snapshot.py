"""A network with its ranks at one place: a period, a release or a projection. What comparisons are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network import fold
from coopgraph.network.network import Mode
from coopgraph.network.ranking import groups, ranks_of
from coopgraph.network.scoring import score_networks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Indices
    from coopgraph.network.network import Network
    from coopgraph.network.nodes import Nodes
    from coopgraph.network.scoring import Plan, Scores


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    """One network under a name; scores, ranks (0 where a node is absent) and groups follow the table `nodes`."""

    name: str
    nodes: Nodes
    groups: Indices
    network: Network
    scores: Scores
    ranks: Mapping[str, Indices]

    @property
    def present(self) -> Indices:
        """The indices in the table of the nodes that the network has and that are ranked (sources, or all)."""
        found = self.network.origin
        chosen: Indices = found[self.groups[found] == 0]
        return chosen


def snapshot(name: str, affiliations: Affiliations, plan: Plan) -> Snapshot:
    """The network of these affiliations and its ranks."""
    networks = {mode: fold.network(affiliations, mode, plan.rule) for mode in plan.modes}
    scores = score_networks(networks, plan, len(affiliations.nodes))
    group = groups(affiliations, plan.projection.mode)
    return Snapshot(
        name=name,
        nodes=affiliations.nodes,
        groups=group,
        network=networks[plan.projection.mode],
        scores=scores,
        ranks=ranks_of(scores, group, plan.lowest),
    )


def ties(snapshot: Snapshot) -> frozenset[tuple[str, str]]:
    """The ties as pairs of IRIs; without direction the smaller IRI comes first."""
    iris = np.array(snapshot.network.nodes.iri, dtype=object)
    pairs = zip(iris[snapshot.network.source].tolist(), iris[snapshot.network.target].tolist(), strict=True)
    if snapshot.network.mode is Mode.DIRECT:
        return frozenset(pairs)
    return frozenset((a, b) if a <= b else (b, a) for a, b in pairs)
