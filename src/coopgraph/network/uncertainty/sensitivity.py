"""How far ranks change when ties are weighed in another way that would be allowed as well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network import fold
from coopgraph.network.arrays import Strengths
from coopgraph.network.network import Mode
from coopgraph.network.progress import SILENT, Progress
from coopgraph.network.ranking import groups, ranks_of
from coopgraph.network.scoring import score_networks
from coopgraph.network.uncertainty.correlation import Agreement, agreement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Indices
    from coopgraph.network.network import Network
    from coopgraph.network.scoring import Plan, Scores

UNWEIGHTED: Final = "unweighted"


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """The ranks by measure under another rule, or with every tie of strength and length 1 (`UNWEIGHTED`).

    `ties` is the number of ties then, `agreement` compares with the values of the plan.
    """

    name: str
    ties: int
    ranks: Mapping[str, Indices]
    agreement: Mapping[str, Agreement]


def sensitivity(
    affiliations: Affiliations, plan: Plan, scores: Scores, *, progress: Progress = SILENT
) -> tuple[Variant, ...]:
    """One variant for each other rule that the projection allows, and one unweighted; `scores` are those of the plan.

    Two-mode measures read no weights; they are left out. In a two-mode network nothing is weighed: no variants.
    """
    own = plan.projection.mode
    measures = tuple(measure for measure in plan.measures if measure.mode is not Mode.TWO_MODE)
    if own is Mode.TWO_MODE or not measures:
        return ()
    rules = [rule for rule in plan.projection.rules if rule.name != plan.rule.name] if own is Mode.ONE_MODE else []
    group = groups(affiliations, own)
    progress.begin(len(rules) + 1, "weighing ties in other ways")
    variants = []
    for rule in (*rules, None):
        network = fold.network(affiliations, own, rule or plan.rule)
        chosen = replace(plan, rule=rule or plan.rule, measures=measures)
        again = score_networks({own: network if rule else unweighted(network)}, chosen, len(affiliations.nodes))
        variants.append(
            Variant(
                name=rule.name if rule else UNWEIGHTED,
                ties=network.m,
                ranks=ranks_of(again, group, plan.lowest),
                agreement={name: agreement(scores[name], values, group == 0) for name, values in again.items()},
            )
        )
        progress.advance()
    return tuple(variants)


def unweighted(network: Network) -> Network:
    """The same ties, each of strength and length 1."""
    ones = Strengths(np.ones(network.m))
    return replace(network, strengths=ones, distances=ones.distances())
