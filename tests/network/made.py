"""Participations made up for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.incidence import Incidence, Node, Participation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def incidence(events: Mapping[str, Iterable[str]]) -> Incidence:
    """Each event with its actors, reported by a document of the event's name."""
    nodes = {event: Node(event, "event", "Meeting", f"Event {event}", "en") for event in events}
    nodes |= {actor: Node(actor, "actor", "State", f"Actor {actor}", "en") for who in events.values() for actor in who}
    participations = [
        Participation(actor, event, ("attendee",), (event,)) for event, who in events.items() for actor in who
    ]
    return Incidence(nodes, tuple(sorted(participations)), {event: f"Document {event}" for event in events})
