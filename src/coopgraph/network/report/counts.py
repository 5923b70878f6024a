"""Count what the network consists of and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from coopgraph.network.network import Mode
from coopgraph.network.projection import Projection
from coopgraph.network.ranking import DECIMALS
from coopgraph.network.report import model

if TYPE_CHECKING:
    from coopgraph.network.incidence import Incidence


def counts(incidence: Incidence, network: nx.Graph) -> model.Counts:
    """The network in figures; density is the share of possible ties that exist."""
    sizes = [len(items) for items in incidence.by_event().values()]
    actors = [incidence.nodes[iri] for iri in incidence.actors()]
    events = set(incidence.events())
    components = sorted((len(component) for component in nx.connected_components(network)), reverse=True)
    n, m = len(actors), len(events)
    possible = n * m if any(kind == "event" for _, kind in network.nodes(data="kind")) else n * (n - 1) // 2
    return model.Counts(
        actors=n,
        events=m,
        participations=len(incidence.participations),
        nodes=len(network),
        ties=network.number_of_edges(),
        density=round(network.number_of_edges() / possible, DECIMALS) if possible else 0.0,
        components=len(components),
        largest_component=components[0] if components else 0,
        isolates=sum(1 for _ in nx.isolates(network)),
        events_of_one=sum(size == 1 for size in sizes),
        events_in_events=sum(bool(events.intersection(incidence.nodes[event].part_of)) for event in events),
        persons=sum(node.cls == "Person" for node in actors),
        groups=sum(node.cls == "ActorGroup" for node in actors),
        unnamed=sum(node.identification not in {"", "named"} for node in actors),
        undocumented=sum(not item.documents for item in incidence.participations),
    )


def largest_event(incidence: Incidence, network: nx.Graph, event: str, projection: Projection) -> model.LargestEvent:
    """What the largest event contributes to the network."""
    actors = len(incidence.by_event()[event])
    if projection.mode is Mode.TWO_MODE:
        ties = only = actors
    else:
        made = [iris.split() for _, _, iris in network.edges(data="event_iris")]
        ties = sum(event in iris for iris in made)
        only = sum(iris == [event] for iris in made)
    return model.LargestEvent(event, incidence.nodes[event].label, actors, ties, only)


def documents(incidence: Incidence) -> tuple[model.Cited, ...]:
    """The documents behind the participations, in order of their IRIs."""
    return tuple(
        model.Cited(
            iri,
            label,
            sum(iri in item.documents for item in incidence.participations),
            sum(item.documents == (iri,) for item in incidence.participations),
        )
        for iri, label in sorted(incidence.documents.items())
    )
