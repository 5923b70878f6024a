"""Compute the report on one node of a network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.days import iso
from coopgraph.network.explain.shares import incident
from coopgraph.network.progress import SILENT
from coopgraph.network.report import robust
from coopgraph.network.report.acting import ActorReport, Belongs, Joined
from coopgraph.network.report.ground import ground
from coopgraph.network.report.parameters import Parameters
from coopgraph.network.report.part import around
from coopgraph.network.report.parts import (
    about,
    brokers,
    chosen,
    communities,
    measured,
    missing,
    results,
    size,
    source,
    ties,
)
from coopgraph.network.report.parts.account import account, no_passages
from coopgraph.network.report.parts.change import change
from coopgraph.network.report.parts.robustness import rounds
from coopgraph.network.report.quantities import published
from coopgraph.network.report.single import ranking
from coopgraph.network.report.words import person

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.progress import Progress
    from coopgraph.network.report.ground import Ground
    from coopgraph.network.report.parts.account import Passages
    from coopgraph.network.report.parts.source import Source
    from coopgraph.network.report.parts.ties import Tie
    from coopgraph.network.selection import Selected, Selection

_JOINED: Final = 200
_TIES: Final = 100


def actor(
    found: Selected,
    selection: Selection,
    origin: Source,
    name: str,
    *,
    parameters: Parameters | None = None,
    progress: Progress = SILENT,
    passages: Passages = no_passages,
) -> ActorReport:
    """The report on the node that is meant by the name: an IRI, a short name such as actor/asean, or a label.

    Raises:
        CoopgraphError: "not-found" if the network has no such node, "request" if several fit; else as `centrality`.
    """
    base = ground(found.affiliations, selection, parameters or Parameters(), progress)
    node = base.named(name, origin.base)
    label = base.affiliations.nodes.label[node]
    opened = account(base, node, origin.base, passages, progress)
    again = robust.robust(base, progress)
    at = int(np.searchsorted(base.network.origin, node))
    own = _own(base.affiliations, node)
    joined = _joined(base.affiliations, own, node)
    mediates = brokers.brokers(base, robust.BUDGET, only=at)
    group = int(base.groups[node])
    report = ActorReport(
        title=f"{label} in a network: {selection.projection.label[0].lower()}{selection.projection.label[1:]}",
        source=origin,
        about=about.about(selection, origin.base),
        taken=about.taken(selection, found),
        parameters=chosen.chosen(base),
        summary=(),
        size=size.size(base.affiliations, base.network),
        row=results.row(base, again, node),
        nodes=len(base.ordered[group]),
        measures=measured.measured(base),
        headline=base.headline,
        ranking=ranking(base),
        bootstraps=tuple(rounds(one) for one in (again.documents, again.events) if one is not None),
        joined=joined[:_JOINED],
        joined_in_all=len(joined),
        ties=_ties(base, at),
        ties_in_all=int(size.degrees(base.network)[at]),
        community=_community(base, at),
        broker=next(iter(mediates.brokers), None),
        patterns=mediates.patterns,
        change=change(base, progress, only=node),
        account=opened,
        documents=missing.cited(own),
        limits=base.omitted,
        software=source.software(tuple(dict.fromkeys(one.engine for one in base.values.values()))),
    )
    return replace(report, summary=person.sentences(report), limits=person.limits(report))


def _own(affiliations: Affiliations, node: int) -> Affiliations:
    """The statements about the node."""
    return affiliations.select((affiliations.source == node) | (affiliations.target == node))


def _joined(affiliations: Affiliations, own: Affiliations, node: int) -> tuple[Joined, ...]:
    """What the node is joined to, earliest first, undated last."""
    other = np.where(own.source == node, own.target, own.source)
    sharing = results.partners(affiliations.source, affiliations.target, len(affiliations.nodes))
    made = []
    for target in np.unique(other).tolist():
        rows = other == target
        firsts = [iso(day) for day in own.first[rows] if not np.isnat(day)]
        lasts = [iso(day) for day in own.last[rows] if not np.isnat(day)]
        documents = {
            affiliations.documents[document].label for document in own.document[rows].tolist() if document >= 0
        }
        about_it = affiliations.nodes[target]
        made.append(
            Joined(
                iri=about_it.iri,
                label=about_it.label,
                language=about_it.language,
                first=min(firsts, default=""),
                last=max(lasts, default=""),
                others=int(sharing[target]) - 1,
                documents=tuple(sorted(documents)),
            )
        )
    return tuple(sorted(made, key=lambda one: (not one.first, one.first, one.last, one.label, one.iri)))


def _ties(base: Ground, at: int) -> tuple[Tie, ...]:
    network = around(base.network, at)
    own = int(np.searchsorted(network.origin, base.network.origin[at]))
    held = incident(network, own)
    strongest = np.lexsort((held, -network.strengths.values[held]))[:_TIES]
    return ties.stated(base, network, held[strongest])


def _community(base: Ground, at: int) -> Belongs | None:
    found = communities.search(base)
    number = int(found.partition[at])
    size_ = int(found.sizes[number])
    if size_ < 2:
        return None
    return Belongs(number + 1, size_, published(found.share[at]), published(found.agreement))
