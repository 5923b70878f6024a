"""Who is joined to what, by which statement of which document: the value that every network is computed from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from coopgraph.network.arrays import Days, Indices, Mask
    from coopgraph.network.nodes import Nodes


@dataclass(frozen=True, slots=True, order=True)
class Cited:
    """A document that statements come from; `publisher` is empty where none is recorded."""

    iri: str
    label: str
    publisher: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Affiliations:
    """One row for each statement that joins a source node to a target node, in order of source, target, document.

    `source` and `target` point into `nodes`, `role` into `roles` (property IRIs), `document` into `documents` and
    `via` into `vias` (IRIs of what stands between, such as a post or a framework); -1 means none. `first` and `last`
    bound the days on which the tie can have held; NaT where the sources give no date. Selecting rows never renumbers
    anything, so that runs on parts of the rows can be compared node by node. `stated_source` and `stated_target` point
    to the nodes that the statements name where `source` and `target` are what those were rolled up to; None where the
    ends are as stated.
    """

    nodes: Nodes
    roles: tuple[str, ...]
    documents: tuple[Cited, ...]
    vias: tuple[str, ...]
    source: Indices
    target: Indices
    role: Indices
    document: Indices
    via: Indices
    first: Days
    last: Days
    stated_source: Indices | None = None
    stated_target: Indices | None = None

    def __len__(self) -> int:
        return len(self.source)

    def select(self, rows: Mask | Indices) -> Affiliations:
        """These rows only; the tables that indices point into stay."""
        return replace(
            self,
            source=self.source[rows],
            target=self.target[rows],
            role=self.role[rows],
            document=self.document[rows],
            via=self.via[rows],
            first=self.first[rows],
            last=self.last[rows],
            stated_source=None if self.stated_source is None else self.stated_source[rows],
            stated_target=None if self.stated_target is None else self.stated_target[rows],
        )

    def without_document(self, document: int) -> Affiliations:
        """What is left when this document had never been read: what no other document says is gone."""
        return self.select(self.document != document)

    def without_target(self, target: int) -> Affiliations:
        """What is left without this event (or other target); sources known from it alone are gone."""
        return self.select(self.target != target)

    def sources(self) -> Indices:
        """The indices of the nodes that are the source of a row, in order."""
        return np.unique(self.source)

    def targets(self) -> Indices:
        """The indices of the nodes that are the target of a row, in order."""
        return np.unique(self.target)
