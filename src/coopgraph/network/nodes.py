"""The nodes of a network as columns: entry i of every column describes node i."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Node:
    """One node; `cls` is the local name of its most specific class, `language` that of the label."""

    iri: str
    kind: str
    cls: str
    label: str
    language: str
    identification: str = ""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes in the order of their IRIs; indices in arrays elsewhere point into these columns."""

    iri: tuple[str, ...]
    kind: tuple[str, ...]
    cls: tuple[str, ...]
    label: tuple[str, ...]
    language: tuple[str, ...]
    identification: tuple[str, ...]

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> Nodes:
        """The columns of these nodes, ordered by IRI."""
        rows = sorted(nodes, key=lambda node: node.iri)
        return cls(
            iri=tuple(row.iri for row in rows),
            kind=tuple(row.kind for row in rows),
            cls=tuple(row.cls for row in rows),
            label=tuple(row.label for row in rows),
            language=tuple(row.language for row in rows),
            identification=tuple(row.identification for row in rows),
        )

    def __len__(self) -> int:
        return len(self.iri)

    def __getitem__(self, index: int) -> Node:
        return Node(
            self.iri[index],
            self.kind[index],
            self.cls[index],
            self.label[index],
            self.language[index],
            self.identification[index],
        )

    def take(self, indices: Iterable[int]) -> Nodes:
        """The nodes at these indices, in the order given."""
        chosen = [int(index) for index in indices]
        if not chosen:
            return Nodes((), (), (), (), (), ())
        # itemgetter returns a bare item for one index, so one more is asked for and dropped.
        pick = itemgetter(*chosen, chosen[0])
        return Nodes(
            pick(self.iri)[:-1],
            pick(self.kind)[:-1],
            pick(self.cls)[:-1],
            pick(self.label)[:-1],
            pick(self.language)[:-1],
            pick(self.identification)[:-1],
        )

    def index(self) -> dict[str, int]:
        """The index of each IRI."""
        return {iri: index for index, iri in enumerate(self.iri)}
