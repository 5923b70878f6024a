"""Everything again without the largest event: does one summit make the network?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network import fold
from coopgraph.network.network import Mode
from coopgraph.network.ranking import groups, ranks_of
from coopgraph.network.scoring import score
from coopgraph.network.uncertainty.correlation import Agreement, agreement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Indices
    from coopgraph.network.scoring import Plan, Scores


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WithoutLargest:
    """What is left without the target (event) that most sources share.

    `target` is its index in the nodes, `size` the number of its sources, `alone` the number of ties out of `ties` that
    exist through it alone. `ranks` are those without it, 0 for nodes that are gone.
    """

    target: int
    size: int
    alone: int
    ties: int
    ranks: Mapping[str, Indices]
    agreement: Mapping[str, Agreement]


def without_largest(affiliations: Affiliations, plan: Plan, scores: Scores) -> WithoutLargest | None:
    """Ranks without the largest target, the first by IRI among equals; `scores` are those with it.

    None where nothing can be left out in this way: without rows, and where ties join nodes directly.
    """
    mode = plan.projection.mode
    if mode is Mode.DIRECT or not len(affiliations):
        return None
    sizes = fold.sizes(affiliations)
    target = int(sizes.argmax())
    rest = affiliations.without_target(target)
    group = groups(affiliations, mode)
    again = score(rest, plan)
    ties = fold.network(affiliations, mode, plan.rule).m
    return WithoutLargest(
        target=target,
        size=int(sizes[target]),
        alone=ties - fold.network(rest, mode, plan.rule).m,
        ties=ties,
        ranks=ranks_of(again, group, plan.lowest),
        agreement={name: agreement(scores[name], again[name], group == 0) for name in scores},
    )
