"""What a change adds to the validated union of graphs and takes from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from pyoxigraph import DefaultGraph, Quad, Triple

from coopgraph import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import BlankNode, Literal, NamedNode

HIDDEN: Final = frozenset({terms.PROSPECTIVE_GRAPH, terms.SHAPES_GRAPH})
"""The graphs that are not validated."""


class Quads(Protocol):
    """Of a store's reader, what is needed here."""

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match, in no particular order."""
        ...

    def __len__(self) -> int:
        """The number of quads."""
        ...


@dataclass(frozen=True, slots=True)
class Delta:
    """The net difference of two states in quads, as the store keeps them: what is new and what is gone."""

    added: frozenset[Quad]
    removed: frozenset[Quad]

    @classmethod
    def of(cls, added: Iterable[Quad], removed: Iterable[Quad]) -> Delta:
        """The difference without what is both added and removed."""
        new, gone = frozenset(added), frozenset(removed)
        return cls(new - gone, gone - new)

    def __len__(self) -> int:
        return len(self.added) + len(self.removed)

    def __iter__(self) -> Iterator[Quad]:
        yield from self.added
        yield from self.removed


@dataclass(frozen=True, slots=True)
class Difference:
    """The triples that are new in the validated union and those that are gone from it."""

    added: frozenset[Triple]
    removed: frozenset[Triple]

    def __iter__(self) -> Iterator[Triple]:
        yield from self.added
        yield from self.removed


def fits(after: Quads, delta: Delta) -> bool:
    """Whether the new quads are there and those that are gone are not."""
    return all(_holds(after, quad) for quad in delta.added) and not any(_holds(after, quad) for quad in delta.removed)


def difference(after: Quads, delta: Delta) -> Difference:
    """What the change does to the union: a triple that stands in another graph too is neither new nor gone."""
    touched = {quad.triple for quad in delta if quad.graph_name not in HIDDEN}
    stood_before = {quad.triple for quad in delta.removed if quad.graph_name not in HIDDEN}
    added: set[Triple] = set()
    removed: set[Triple] = set()
    for triple in touched:
        now = {quad for quad in _standing(after, triple) if quad.graph_name not in HIDDEN}
        before = triple in stood_before or bool(now - delta.added)
        if now and not before:
            added.add(triple)
        elif before and not now:
            removed.add(triple)
    return Difference(frozenset(added), frozenset(removed))


def _standing(after: Quads, triple: Triple) -> Iterator[Quad]:
    return after.quads(triple.subject, triple.predicate, triple.object)  # type: ignore[arg-type]


def _holds(after: Quads, quad: Quad) -> bool:
    return any(True for _ in after.quads(quad.subject, quad.predicate, quad.object, quad.graph_name))  # type: ignore[arg-type]
