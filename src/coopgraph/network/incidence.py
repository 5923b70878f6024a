"""Who took part in what, according to which documents: the value that every network and report is computed from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or an event; `cls` is the local name of its most specific class, `language` that of the label."""

    iri: str
    kind: str
    cls: str
    label: str
    language: str
    identification: str = ""
    part_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Participation:
    """One actor at one event, with the roles and the documents (ids) that the assertions behind it give."""

    actor: str
    event: str
    roles: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incidence:
    """Participations in order, the nodes they join by IRI, and the labels of the documents by IRI."""

    nodes: Mapping[str, Node]
    participations: tuple[Participation, ...]
    documents: Mapping[str, str]

    def actors(self) -> tuple[str, ...]:
        """The actors' IRIs in order."""
        return tuple(sorted({participation.actor for participation in self.participations}))

    def events(self) -> tuple[str, ...]:
        """The events' IRIs in order."""
        return tuple(sorted({participation.event for participation in self.participations}))

    def by_event(self) -> dict[str, list[Participation]]:
        """The participations of each event, events and actors in order."""
        found: dict[str, list[Participation]] = {}
        for participation in sorted(self.participations, key=lambda item: (item.event, item.actor)):
            found.setdefault(participation.event, []).append(participation)
        return found

    def without_document(self, document: str) -> Incidence:
        """What is left when this document had never been read: what no other document says is gone."""
        return self._with(
            replace(item, documents=tuple(other for other in item.documents if other != document))
            for item in self.participations
            if item.documents != (document,)
        )

    def without_event(self, event: str) -> Incidence:
        """What is left without this event; actors known from it alone are gone."""
        return self._with(item for item in self.participations if item.event != event)

    def _with(self, participations: Iterable[Participation]) -> Incidence:
        return replace(self, participations=tuple(participations))
