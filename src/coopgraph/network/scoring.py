"""Score every node by every measure: one run, on all rows or on any part of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.errors import CoopgraphError
from coopgraph.network import fold
from coopgraph.network.engines.choose import evaluate
from coopgraph.network.engines.port import Choice
from coopgraph.network.measures.measure import Best
from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Counts, Floats
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network
    from coopgraph.network.projections.projection import Projection
    from coopgraph.network.projections.rules import Rule

Scores = Mapping[str, "Floats"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is computed: the projection, the rule that folds it, the measures, and by which engine."""

    projection: Projection
    rule: Rule
    measures: tuple[Measure, ...]
    choice: Choice = field(default_factory=Choice)

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The modes of the networks that the measures read: the projection's own, and two-mode if one asks for it."""
        own = self.projection.mode
        beside = any(measure.mode is Mode.TWO_MODE for measure in self.measures) and own is not Mode.TWO_MODE
        return (own, Mode.TWO_MODE) if beside else (own,)

    @property
    def lowest(self) -> frozenset[str]:
        """The names of the scores of which the lowest value ranks first."""
        return frozenset(each.name for each in self.measures if each.best is Best.LOWEST)


def score(affiliations: Affiliations, plan: Plan, *, multiplicity: Counts | None = None) -> Scores:
    """For each measure one value for each node of the affiliations' table, NaN for nodes that have no row.

    A two-mode measure reads the affiliations unfolded, so that it stands beside the measures of the projection.

    Raises:
        CoopgraphError: "request" if a measure is not defined for networks of the projection's mode.
    """
    networks = {mode: fold.network(affiliations, mode, plan.rule, multiplicity=multiplicity) for mode in plan.modes}
    return score_networks(networks, plan, len(affiliations.nodes))


def score_networks(networks: Mapping[Mode, Network], plan: Plan, width: int) -> Scores:
    """As `score`, of networks that are made already, for a table of `width` nodes.

    Raises:
        CoopgraphError: "request" if a measure is not defined for networks of the projection's mode.
    """
    scores: dict[str, Floats] = {}
    for measure in plan.measures:
        network = networks[Mode.TWO_MODE if measure.mode is Mode.TWO_MODE else plan.projection.mode]
        if not measure.applies(network.mode):
            raise CoopgraphError(
                "request", f"{measure.label} is not defined for a network of mode {network.mode.value}."
            )
        values = np.full(width, np.nan)
        values[network.origin] = evaluate(measure, network, plan.choice).values
        scores[measure.name] = values
    return scores
