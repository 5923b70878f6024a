"""How far the ranks of a report hold, computed as far as a budget of steps allows: what is left out is said.

Steps are counted from the size of the network, never from the clock, so that the same report is the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.report.parts.size import degrees
from coopgraph.network.uncertainty.bootstrap import ROUNDS, bootstrap
from coopgraph.network.uncertainty.jackknife import without_largest
from coopgraph.network.uncertainty.keep import keeping
from coopgraph.network.uncertainty.leave_out import AT_MOST, leave_one_document_out
from coopgraph.network.uncertainty.sensitivity import sensitivity
from coopgraph.network.uncertainty.unit import Unit

if TYPE_CHECKING:
    from coopgraph.network.engines.port import Choice
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network
    from coopgraph.network.progress import Progress
    from coopgraph.network.report.ground import Ground
    from coopgraph.network.scoring import Plan
    from coopgraph.network.uncertainty.bootstrap import Bootstrap
    from coopgraph.network.uncertainty.jackknife import WithoutLargest
    from coopgraph.network.uncertainty.keep import Keep
    from coopgraph.network.uncertainty.leave_out import LeaveOneOut
    from coopgraph.network.uncertainty.sensitivity import Variant

BUDGET: Final = 100_000_000  # some three seconds
_CALL: Final = 5_000
_LINEAR: Final = 10
# What a step costs beside one of a measure that goes through nodes and ties once, by how a measure's time grows.
_PATHS: Final = ("O(n m", "O(n (n + m)", "O(nodes * ties")
_PATH: Final = 1 / 30
_TRIADS: Final = ("O(sum of d(v)²)",)
_TRIAD: Final = 1 / 10
_CUBIC: Final = ("O(n³)",)
_CUBE: Final = 1 / 100
_DENSE: Final = 500
# Measures that repeat until they settle take as long as all linear ones together; up to here that is no matter.
_SETTLING_MOST: Final = 500_000
QUICK: Final = "networkit"
# Fewer runs than these say nothing about ranks.
FEWEST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Robust:
    """Everything computed again under other conditions; None where a budget or the data left nothing to compute.

    `again` are the measures that were computed again.
    """

    again: tuple[Measure, ...]
    largest: WithoutLargest | None
    left_out: LeaveOneOut | None
    documents: Bootstrap | None
    events: Bootstrap | None
    variants: tuple[Variant, ...]


def robust(ground: Ground, progress: Progress) -> Robust:
    """What the budget allows: leaving out documents, and as many rounds of both bootstraps.

    Raises:
        CoopgraphError: if a run fails, or `progress` ends the work ("cancelled").
    """
    found = ground.affiliations
    plan = replace(
        ground.plan, measures=repeated(ground.plan.measures, ground.network), choice=_quick(ground.plan.choice)
    )
    scores = {one.name: ground.scores[one.name] for one in plan.measures}
    several = len(np.unique(found.document[found.document >= 0])) > 1
    with keeping(ground.parameters.keep) as keep:
        left = _left_out(ground, plan, keep, progress) if several else None
        documents = _bootstrap(ground, plan, Unit.DOCUMENT, keep, progress) if several else None
        events = _bootstrap(ground, plan, Unit.EVENT, keep, progress)
    return Robust(
        again=plan.measures,
        largest=without_largest(found, plan, scores) if plan.measures else None,
        left_out=left,
        documents=documents,
        events=events,
        variants=sensitivity(found, plan, scores, progress=progress),
    )


NOTHING: Final = Robust(again=(), largest=None, left_out=None, documents=None, events=None, variants=())


def repeated(measures: tuple[Measure, ...], network: Network) -> tuple[Measure, ...]:
    """The measures that are cheap enough for every run: in large networks, none of paths, triads or eigenvectors."""
    limit = BUDGET // AT_MOST
    large = network.n + network.m > _SETTLING_MOST
    quick = (one for one in measures if not (large and one.complexity.startswith(_CUBIC)))
    return tuple(one for one in quick if not _steep(one, network) or _steps(one, network) <= limit)


def cost(measures: tuple[Measure, ...], network: Network) -> int:
    """Roughly how many steps one run with these measures takes."""
    return sum(_steps(one, network) for one in measures)


def rounds(ground: Ground, plan: Plan) -> int:
    """The rounds that were asked for; else as many of the usual number as the budget allows both; none if few."""
    if ground.parameters.rounds is not None:
        return ground.parameters.rounds
    affordable = BUDGET // max(1, 2 * cost(plan.measures, ground.network))
    return 0 if affordable < FEWEST else min(ROUNDS, affordable)


def _quick(choice: Choice) -> Choice:
    """The choice for hundreds of runs: unless something else is asked for, the engine that is quick in small networks.

    Engines agree on every value, so ranks do not depend on it.
    """
    return choice if choice.engine or choice.backend else replace(choice, engine=QUICK)


def _steps(one: Measure, network: Network) -> int:
    return _CALL + _LINEAR * (network.n + network.m) + _steep(one, network)


def _steep(one: Measure, network: Network) -> int:
    """The steps beyond those that every measure takes."""
    if one.complexity.startswith(_PATHS):
        return round(_PATH * network.n * network.m)
    if one.complexity.startswith(_TRIADS):
        return round(_TRIAD * float((degrees(network).astype(np.float64) ** 2).sum()))
    # Some measures are cubic in small components only.
    cubic = one.complexity in _CUBIC or (one.complexity.startswith(_CUBIC) and network.n < _DENSE)
    return round(_CUBE * network.n**3) if cubic else 0


def _left_out(ground: Ground, plan: Plan, keep: Keep, progress: Progress) -> LeaveOneOut | None:
    affordable = BUDGET // max(1, cost(plan.measures, ground.network))
    documents = len(np.unique(ground.affiliations.document[ground.affiliations.document >= 0]))
    if affordable < min(FEWEST, documents) or not plan.measures:
        return None
    return leave_one_document_out(
        ground.affiliations,
        plan,
        {one.name: ground.scores[one.name] for one in plan.measures},
        at_most=min(AT_MOST, affordable),
        workers=ground.parameters.workers,
        keep=keep,
        progress=progress,
    )


def _bootstrap(ground: Ground, plan: Plan, unit: Unit, keep: Keep, progress: Progress) -> Bootstrap | None:
    wanted = rounds(ground, plan)
    if not wanted or not plan.measures or not len(ground.affiliations):
        return None
    return bootstrap(
        ground.affiliations,
        plan,
        unit=unit,
        rounds=wanted,
        seed=ground.parameters.seed,
        workers=ground.parameters.workers,
        keep=keep,
        progress=progress,
    )
