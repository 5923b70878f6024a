"""Two snapshots side by side: who moved, who came, who left, and how much the two have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.change.snapshot import Snapshot, ties
from coopgraph.network.uncertainty.correlation import Agreement, agreement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from coopgraph.network.arrays import Indices
    from coopgraph.network.nodes import Node


@dataclass(frozen=True, slots=True)
class Moved:
    """One actor in two snapshots; a rank is None where the actor is absent."""

    node: Node
    before: int | None
    after: int | None

    @property
    def movement(self) -> int | None:
        """By how many ranks the actor rose (positive) or fell; None unless present in both."""
        return None if self.before is None or self.after is None else self.before - self.after


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two sets have in common; `jaccard` is both / (both + only first + only second), None if both are empty."""

    both: int
    only_first: int
    only_second: int

    @property
    def jaccard(self) -> float | None:
        """The share of what either has that both have."""
        either = self.both + self.only_first + self.only_second
        return self.both / either if either else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Rows by measure, in order of the rank in `after`, then in `before`, then by IRI; and what is shared.

    Ranks count within each snapshot, so a fall can mean that others came. `agreement` is over the actors of both.
    """

    before: str
    after: str
    rows: Mapping[str, tuple[Moved, ...]]
    actors: Overlap
    ties: Overlap
    agreement: Mapping[str, Agreement]


def compare(before: Snapshot, after: Snapshot) -> Comparison:
    """What changed from one snapshot to the other, for the measures that both have; actors are matched by IRI."""
    first, second = _indices(before), _indices(after)
    nodes = {iri: after.nodes[index] for iri, index in second.items()}
    nodes |= {iri: before.nodes[index] for iri, index in first.items() if iri not in second}
    shared = [name for name in before.scores if name in after.scores]
    both = [iri for iri in first if iri in second]
    at = np.array([first[iri] for iri in both], dtype=np.int32), np.array([second[iri] for iri in both], dtype=np.int32)
    return Comparison(
        before=before.name,
        after=after.name,
        rows={
            name: _rows(nodes, _places(first, before.ranks[name]), _places(second, after.ranks[name]))
            for name in shared
        },
        actors=_overlap(first.keys(), second.keys()),
        ties=_overlap(ties(before), ties(after)),
        agreement={name: agreement(before.scores[name][at[0]], after.scores[name][at[1]]) for name in shared},
    )


def _indices(snapshot: Snapshot) -> dict[str, int]:
    return {snapshot.nodes.iri[index]: index for index in snapshot.present.tolist()}


def _places(indices: Mapping[str, int], ranks: Indices) -> dict[str, int]:
    return {iri: rank for iri, index in indices.items() if (rank := int(ranks[index]))}


def _rows(nodes: Mapping[str, Node], before: Mapping[str, int], after: Mapping[str, int]) -> tuple[Moved, ...]:
    rows = [Moved(nodes[iri], before.get(iri), after.get(iri)) for iri in before.keys() | after.keys()]
    last = len(rows) + 1
    return tuple(sorted(rows, key=lambda row: (row.after or last, row.before or last, row.node.iri)))


def _overlap(first: AbstractSet[object], second: AbstractSet[object]) -> Overlap:
    both = len(first & second)
    return Overlap(both, len(first) - both, len(second) - both)
