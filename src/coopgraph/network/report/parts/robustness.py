"""How far the results hold: what was computed again, and how much came out as before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network.report.quantities import Count, Iri, Name, Rank, Share, known
from coopgraph.network.uncertainty.correlation import correlations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.report.ground import Ground
    from coopgraph.network.report.robust import Robust
    from coopgraph.network.uncertainty.bootstrap import Bootstrap
    from coopgraph.network.uncertainty.correlation import Agreement


@dataclass(frozen=True, slots=True)
class Agrees:
    """How far two rankings by a measure agree: Kendall's tau-b and Spearman's rho over `nodes`; None: not defined."""

    measure: Name
    tau: float | None
    rho: float | None
    nodes: Count


@dataclass(frozen=True, slots=True)
class Largest:
    """The target that most sources share; `only` of the `ties` of the network exist through it alone."""

    iri: Iri
    label: str
    language: str
    sources: Count
    ties: Count
    only: Count
    agreement: tuple[Agrees, ...]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Everything by another rule, or without weights; `ties` is how many there are then."""

    name: Name
    ties: Count
    agreement: tuple[Agrees, ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """A bootstrap: what was drawn, from how many, how often, and from which seed; intervals hold `level` of rounds."""

    unit: Name
    pieces: Count
    rounds: Rank
    seed: Count
    level: Share


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The document without which the ranking by the headline measure agrees least with the one by all documents."""

    documents: Count
    of: Count
    iri: Iri | None
    label: str
    lost: Count
    tau: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """How far two measures order the same nodes alike."""

    first: Name
    second: Name
    tau: float | None
    rho: float | None


@dataclass(frozen=True, slots=True)
class Robustness:
    """What was computed again, by the measures `again`; None where the budget of steps or the data left nothing."""

    budget: Count
    again: tuple[Name, ...]
    largest: Largest | None
    left_out: LeftOut | None
    bootstraps: tuple[Rounds, ...]
    variants: tuple[Otherwise, ...]
    correlations: tuple[Pair, ...]


def robustness(ground: Ground, found: Robust, budget: int) -> Robustness:
    """The value of what was found, and how far the measures agree with one another."""
    pairs = correlations(ground.scores, ground.groups == 0, ground.plan.lowest)
    return Robustness(
        budget=budget,
        again=tuple(one.name for one in found.again),
        largest=_largest(ground, found),
        left_out=_left_out(ground, found),
        bootstraps=tuple(rounds(one) for one in (found.documents, found.events) if one is not None),
        variants=tuple(Otherwise(one.name, one.ties, _agreement(one.agreement)) for one in found.variants),
        correlations=tuple(
            Pair(first, second, known(pairs.tau[i, j]), known(pairs.rho[i, j]))
            for i, first in enumerate(pairs.measures)
            for j, second in enumerate(pairs.measures[:i])
        ),
    )


def _agreement(found: Mapping[str, Agreement]) -> tuple[Agrees, ...]:
    return tuple(Agrees(name, known(one.tau), known(one.rho), one.n) for name, one in found.items())


def _largest(ground: Ground, found: Robust) -> Largest | None:
    if found.largest is None:
        return None
    node = ground.affiliations.nodes[found.largest.target]
    one = found.largest
    return Largest(node.iri, node.label, node.language, one.size, one.ties, one.alone, _agreement(one.agreement))


def rounds(one: Bootstrap) -> Rounds:
    """What is stated of a bootstrap."""
    level = next(iter(one.intervals.values())).level
    return Rounds(one.unit.value, one.pieces, one.rounds, one.seed, level)


def _left_out(ground: Ground, found: Robust) -> LeftOut | None:
    one = found.left_out
    if one is None:
        return None
    taus = [agreement.tau for agreement in one.agreement.get(ground.headline, ())]
    worst = min(
        (place for place, tau in enumerate(taus) if tau is not None), key=lambda at: (taus[at], at), default=None
    )
    if worst is None:
        return LeftOut(len(one.documents), one.of, None, "", 0, None)
    document = ground.affiliations.documents[int(one.documents[worst])]
    return LeftOut(len(one.documents), one.of, document.iri, document.label, int(one.lost[worst]), known(taus[worst]))
