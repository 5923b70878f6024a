"""What all parts of a report are computed from: the network, and every measure's values and ranks, computed once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.errors import CoopgraphError
from coopgraph.network import fold
from coopgraph.network.engines.choose import evaluate, too_large
from coopgraph.network.explain.lookup import node_named
from coopgraph.network.measures.registry import chosen, for_mode
from coopgraph.network.network import Mode
from coopgraph.network.ranking import groups, ranks_of
from coopgraph.network.scoring import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.engines.port import Values
    from coopgraph.network.network import Network
    from coopgraph.network.progress import Progress
    from coopgraph.network.report.parameters import Parameters
    from coopgraph.network.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """One selection, computed: `scores` and `ranks` follow the table of nodes of `affiliations`.

    `groups` says among which nodes each is ranked; `ordered` are the indices of the nodes of each group in the order of
    a report: by rank of the headline measure, then by the sum of all ranks, then by label and IRI. `omitted` says which
    measures the network is too large for.
    """

    selection: Selection
    parameters: Parameters
    affiliations: Affiliations
    plan: Plan
    network: Network
    values: Mapping[str, Values]
    scores: Mapping[str, Floats]
    groups: Indices
    ranks: Mapping[str, Indices]
    ordered: tuple[Indices, ...]
    omitted: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The name of the measure by which the report orders its rows."""
        wanted = self.selection.projection.headline
        return wanted if wanted in self.ranks else next(iter(self.ranks))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The word for the nodes of each group."""
        projection = self.selection.projection
        own = (projection.source_kind, projection.target_kind)
        return own if projection.mode is Mode.TWO_MODE else own[:1]

    def named(self, name: str, base: str) -> int:
        """The node of the network that is meant by a name, by index into the table; `base` is that of the release.

        Raises:
            CoopgraphError: "not-found" if there is none, "request" if several fit.
        """
        return node_named(self.affiliations.nodes, self.network.origin.tolist(), name, base=base)

    def listed(self, group: int = 0) -> Indices:
        """The indices of the nodes of a group that the report lists, in order."""
        return self.ordered[group][: self.parameters.top]


def plan(selection: Selection, parameters: Parameters) -> Plan:
    """The measures that were asked for, or those that reports on such a network show.

    Raises:
        CoopgraphError: if a measure is unknown, or not defined for networks of this mode.
    """
    mode = selection.projection.mode
    wanted = chosen(parameters.measures, mode) if parameters.measures else for_mode(mode)
    return Plan(projection=selection.projection, rule=selection.rule, measures=wanted, choice=parameters.choice)


def ground(affiliations: Affiliations, selection: Selection, parameters: Parameters, progress: Progress) -> Ground:
    """Fold the affiliations and compute every measure that the network is not too large for.

    Raises:
        CoopgraphError: "too-large" if it is too large for all of them.
    """
    made = plan(selection, parameters)
    own = selection.projection.mode
    networks = {mode: fold.network(affiliations, mode, made.rule) for mode in made.modes}
    read = {one.name: networks[Mode.TWO_MODE if one.mode is Mode.TWO_MODE else own] for one in made.measures}
    refused = {one.name: too_large(one, read[one.name], made.choice) for one in made.measures}
    omitted = tuple(reason for reason in refused.values() if reason)
    if len(omitted) == len(refused):
        raise CoopgraphError("too-large", omitted[0])
    made = replace(made, measures=tuple(one for one in made.measures if not refused[one.name]))
    progress.begin(len(made.measures), "computing measures")
    values: dict[str, Values] = {}
    scores: dict[str, Floats] = {}
    for one in made.measures:
        network = read[one.name]
        values[one.name] = evaluate(one, network, made.choice)
        scores[one.name] = np.full(len(affiliations.nodes), np.nan)
        scores[one.name][network.origin] = values[one.name].values
        progress.advance()
    group = groups(affiliations, own)
    ranks = ranks_of(scores, group, made.lowest)
    there = networks[own].origin
    return Ground(
        selection=selection,
        parameters=parameters,
        affiliations=affiliations,
        plan=made,
        network=networks[own],
        values=values,
        scores=scores,
        groups=group,
        ranks=ranks,
        ordered=tuple(
            _ordered(affiliations, there[group[there] == number], ranks, selection.projection.headline)
            for number in range(2 if own is Mode.TWO_MODE else 1)
        ),
        omitted=omitted,
    )


def _ordered(affiliations: Affiliations, nodes: Indices, ranks: Mapping[str, Indices], headline: str) -> Indices:
    first = ranks.get(headline, next(iter(ranks.values())))
    together = sum((place.astype(np.int64) for place in ranks.values()), np.zeros(len(affiliations.nodes), np.int64))
    names = affiliations.nodes
    found = sorted(nodes.tolist(), key=lambda node: (first[node], together[node], names.label[node], names.iri[node]))
    return np.array(found, dtype=np.int32)
