"""Open the rank of one actor by one measure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.network import fold
from coopgraph.network.explain import between
from coopgraph.network.explain.account import Account, Missing, Rival, Without
from coopgraph.network.explain.shares import incident, shares
from coopgraph.network.explain.ties import Shown, ties
from coopgraph.network.network import Mode
from coopgraph.network.progress import SILENT, Progress
from coopgraph.network.ranking import groups, published, ranks_of
from coopgraph.network.scoring import score

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Floats, Indices, Mask
    from coopgraph.network.explain.account import Pairs
    from coopgraph.network.network import Network
    from coopgraph.network.scoring import Plan, Scores

TIES: Final = 20
PAIRS: Final = 20
RIVALS: Final = 3
WITHOUT: Final = 5


def explain(
    affiliations: Affiliations,
    plan: Plan,
    scores: Scores,
    actor: int,
    measure: str,
    *,
    at_most: int = TIES,
    without: int = WITHOUT,
    base: str = terms.BASE,
    progress: Progress = SILENT,
) -> Account:
    """The account of the rank of `actor`, an index into the table of nodes, by the score `measure`.

    `scores` are those of the plan. At most so many ties are listed; for each of `without` events and as many
    documents the measure is computed once more. `base` is that of the release.

    Raises:
        CoopgraphError: "not-found" if the plan has no such measure, or the actor no value by it.
    """
    alone = _only(plan, measure)
    values = scores[measure]
    if np.isnan(values[actor]):
        raise CoopgraphError("not-found", f"{affiliations.nodes.label[actor]} has no value by {measure}.")
    beside = any(each.mode is Mode.TWO_MODE for each in alone.measures)
    network = fold.network(affiliations, Mode.TWO_MODE if beside else plan.projection.mode, plan.rule)
    node = int(np.searchsorted(network.origin, actor))
    group = groups(affiliations, plan.projection.mode)
    ranks = ranks_of({measure: values}, group, plan.lowest)[measure]
    held = incident(network, node)
    parts = shares(measure, network, values[network.origin], node, held)
    shown = Shown(affiliations=affiliations, plan=plan, network=network, base=base)
    peers = (group == group[actor]) & (ranks > 0)
    above, below = _rivals(affiliations, values, ranks, peers, actor=actor)
    absent, absent_in_all = _without(affiliations, alone, actor, measure, at_most=without, progress=progress)
    return Account(
        actor=affiliations.nodes[actor],
        measure=measure,
        value=float(published(values[actor : actor + 1])[0]),
        rank=int(ranks[actor]),
        of=int(np.count_nonzero(peers)),
        equals=int(np.count_nonzero(peers & (ranks == ranks[actor]))) - 1,
        above=above,
        below=below,
        ties=ties(shown, node, held, parts, ranks, at_most=at_most),
        ties_in_all=len(held),
        rest=None if parts is None else max(0.0, round(1.0 - float(parts.sum()), 9)),
        pairs=_pairs(plan, network, measure, node),
        without=absent,
        without_in_all=absent_in_all,
    )


def _only(plan: Plan, measure: str) -> Plan:
    """The plan with this measure alone."""
    alone = replace(plan, measures=tuple(each for each in plan.measures if each.name == measure))
    if not alone.measures:
        known = ", ".join(each.name for each in plan.measures)
        raise CoopgraphError("not-found", f"No measure {measure!r} was computed.", remedy=f"There are {known}.")
    return alone


def _pairs(plan: Plan, network: Network, measure: str, node: int) -> Pairs | None:
    if measure not in between.MEASURES:
        return None
    uses = next(each.uses for each in plan.measures if each.name == measure)
    return between.pairs(network, uses, node, at_most=PAIRS)


def _rivals(
    affiliations: Affiliations, values: Floats, ranks: Indices, peers: Mask, *, actor: int
) -> tuple[tuple[Rival, ...], tuple[Rival, ...]]:
    """Those next above and next below, nearest first; equals are neither."""
    shown = published(values)

    def nearest(chosen: Mask, sign: int) -> tuple[Rival, ...]:
        places = np.flatnonzero(chosen)
        order = places[np.lexsort((places, sign * ranks[places]))][:RIVALS]
        return tuple(
            Rival(affiliations.nodes[place], float(shown[place]), int(ranks[place]), float(shown[place] - shown[actor]))
            for place in order.tolist()
        )

    return nearest(peers & (ranks < ranks[actor]), -1), nearest(peers & (ranks > ranks[actor]), 1)


def _without(
    affiliations: Affiliations, alone: Plan, actor: int, measure: str, *, at_most: int, progress: Progress
) -> tuple[tuple[Without, ...], int]:
    """What the rank would be without the largest events of the actor, and without the documents that say most of it."""
    events, documents = _known_from(affiliations, alone, actor)
    progress.begin(min(len(events), at_most) + min(len(documents), at_most), "thinking away events and documents")
    found = []
    for event in events[:at_most].tolist():
        rank = _again(affiliations.without_target(event), alone, actor, measure)
        found.append(Without(Missing.EVENT, affiliations.nodes.iri[event], affiliations.nodes.label[event], rank))
        progress.advance()
    for document in documents[:at_most].tolist():
        rank = _again(affiliations.without_document(document), alone, actor, measure)
        cited = affiliations.documents[document]
        found.append(Without(Missing.DOCUMENT, cited.iri, cited.label, rank))
        progress.advance()
    return tuple(found), len(events) + len(documents)


def _known_from(affiliations: Affiliations, plan: Plan, actor: int) -> tuple[Indices, Indices]:
    """The events of the actor, those with most sources first, and the documents that name it, most rows first."""
    own = affiliations.source == actor
    direct = plan.projection.mode is Mode.DIRECT
    events = np.unique(affiliations.target[own])
    events = events[:0] if direct else events[np.argsort(-fold.sizes(affiliations)[events], kind="stable")]
    naming = affiliations.document[own | (affiliations.target == actor)]
    documents, times = np.unique(naming[naming >= 0], return_counts=True)
    return events, documents[np.argsort(-times, kind="stable")]


def _again(rest: Affiliations, alone: Plan, actor: int, measure: str) -> int | None:
    group = groups(rest, alone.projection.mode)
    ranks = ranks_of(score(rest, alone), group, alone.lowest)[measure] if len(rest) else np.zeros(actor + 1)
    return int(ranks[actor]) or None
