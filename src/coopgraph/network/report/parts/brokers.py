"""Who stands between others: holes in the network, and roles between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.engines.choose import evaluate
from coopgraph.network.grouping import by_class
from coopgraph.network.measures import constraint, effective_size, participation
from coopgraph.network.measures.brokerage import PATTERNS, Role
from coopgraph.network.measures.brokerage_chance import chance
from coopgraph.network.measures.declared import as_arrays
from coopgraph.network.measures.measure import Uses
from coopgraph.network.network import Mode
from coopgraph.network.report.parts.size import degrees
from coopgraph.network.report.quantities import Count, Iri, Name, known

if TYPE_CHECKING:
    from coopgraph.network.grouping import Grouping
    from coopgraph.network.report.ground import Ground

MOST: Final = 15
_MEASURES: Final = (constraint.MEASURE, effective_size.MEASURE)


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How many ordered pairs a node mediates between in a role, how many chance would give, and the z-score."""

    role: Name
    pairs: float | None
    expected: float | None
    z: float | None


@dataclass(frozen=True, slots=True)
class Broker:
    """A node between others; `group` is the one it counts to, None values are not defined for it."""

    iri: Iri
    label: str
    language: str
    group: str
    betweenness: float | None
    constraint: float | None
    effective_size: float | None
    participation: float | None
    roles: tuple[Brokerage, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a role is."""

    role: Name
    pattern: str


@dataclass(frozen=True, slots=True)
class Brokers:
    """The nodes that mediate between most pairs, `of` so many that mediate at all.

    `grouping` names the division that the roles are about, `groups` its groups. `left_out` says why there is nothing.
    """

    left_out: str
    grouping: Name
    groups: tuple[Name, ...]
    patterns: tuple[Pattern, ...]
    of: Count
    brokers: tuple[Broker, ...]


def brokers(ground: Ground, budget: int, only: int | None = None) -> Brokers:
    """The brokers of a network of one kind of node, by the classes of its nodes; time O(sum of squared degrees).

    With `only`, an index into the network, this node alone is listed, whether it is a broker or not.
    """
    network = ground.network
    division = by_class(network.nodes)
    if network.mode is Mode.TWO_MODE:
        return _nothing(division, "Brokerage is defined for networks of one kind of node.")
    if int((degrees(network).astype(np.int64) ** 2).sum()) > budget:
        return _nothing(division, f"Brokerage would take more than the budget of {budget:,} steps.")
    roles = {role: chance(as_arrays(network, Uses.NOTHING), division.groups, role) for role in Role}
    total = np.nan_to_num(roles[Role.TOTAL].observed)
    order = np.lexsort((np.arange(network.n), -total))
    chosen = [node for node in order[:MOST].tolist() if total[node] > 0] if only is None else [only]
    values = {one.name: evaluate(one, network, ground.plan.choice).values for one in _MEASURES}
    spread = participation.MEASURE.function(as_arrays(network, Uses.NOTHING), division.groups)
    between = ground.scores.get("betweenness")
    return Brokers(
        left_out="",
        grouping=division.label,
        groups=division.names,
        patterns=tuple(Pattern(role.value, PATTERNS[role]) for role in Role),
        of=int(np.count_nonzero(total)),
        brokers=tuple(
            Broker(
                iri=network.nodes.iri[node],
                label=network.nodes.label[node],
                language=network.nodes.language[node],
                group=division.names[division.groups[node]] if division.groups[node] >= 0 else "",
                betweenness=None if between is None else known(between[network.origin[node]]),
                constraint=known(values[constraint.MEASURE.name][node]),
                effective_size=known(values[effective_size.MEASURE.name][node]),
                participation=known(spread[node]),
                roles=tuple(
                    Brokerage(role.value, known(one.observed[node]), known(one.expected[node]), known(one.z[node]))
                    for role, one in roles.items()
                ),
            )
            for node in chosen
        ),
    )


def _nothing(division: Grouping, why: str) -> Brokers:
    return Brokers(why, division.label, division.names, (), 0, ())
