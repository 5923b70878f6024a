"""Turn participations into a graph with typed attributes: the same attribute has the same type on every tie."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx

from coopgraph.network.network import Mode
from coopgraph.network.projection import Projection, Rule

if TYPE_CHECKING:
    from coopgraph.network.incidence import Incidence, Node


def graph(incidence: Incidence, projection: Projection) -> nx.Graph:
    """The network of a projection, nodes and ties in order of their IRIs.

    Nodes carry label, language, kind, class and bipartite (0 actor, 1 event); ties carry events and documents (numbers
    of distinct ones), strength, distance (= 1 / strength), event_iris and roles (separated by spaces).
    """
    if projection.mode is Mode.TWO_MODE:
        return two_mode(incidence)
    return one_mode(incidence, projection.rule)


def two_mode(incidence: Incidence) -> nx.Graph:
    """Actors and events, joined where an actor took part in an event."""
    network = nx.Graph()
    _add_nodes(network, incidence, (*incidence.actors(), *incidence.events()))
    for item in sorted(incidence.participations):
        network.add_edge(
            item.actor,
            item.event,
            events=1,
            documents=len(item.documents),
            strength=1.0,
            distance=1.0,
            event_iris=item.event,
            roles=" ".join(item.roles),
        )
    return network


def one_mode(incidence: Incidence, rule: Rule) -> nx.Graph:
    """Actors, joined where they took part in a common event; an actor that met nobody stays, as an isolate.

    The documents of a tie are those that report one of the two actors at one of the common events.
    """
    network = nx.Graph()
    _add_nodes(network, incidence, incidence.actors())
    shared: dict[tuple[str, str], list[tuple[str, Fraction, set[str]]]] = {}
    for event, items in incidence.by_event().items():
        for first, second in combinations(items, 2):
            documents = {*first.documents, *second.documents}
            shared.setdefault((first.actor, second.actor), []).append((event, rule.share(len(items)), documents))
    for (first_actor, second_actor), meetings in sorted(shared.items()):
        # Summed as fractions: the order of the events must not change the last digit.
        strength = sum((share for _, share, _ in meetings), Fraction(0))
        network.add_edge(
            first_actor,
            second_actor,
            events=len(meetings),
            documents=len(set().union(*(documents for _, _, documents in meetings))),
            strength=float(strength),
            distance=float(1 / strength),
            event_iris=" ".join(event for event, _, _ in meetings),
        )
    return network


def _add_nodes(network: nx.Graph, incidence: Incidence, iris: tuple[str, ...]) -> None:
    for iri in iris:
        node: Node = incidence.nodes[iri]
        network.add_node(
            iri,
            **{"label": node.label, "language": node.language, "kind": node.kind, "class": node.cls},
            bipartite=int(node.kind == "event"),
        )
