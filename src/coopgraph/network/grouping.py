"""Divisions of the nodes into groups: by class, by state, by community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.network.arrays import Indices
    from coopgraph.network.nodes import Nodes

NO_GROUP = -1


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Which group each node is in: `groups` points into `names`, by index into a table of nodes; -1 means none."""

    label: str
    groups: Indices
    names: tuple[str, ...]


def grouping(label: str, keys: Sequence[str]) -> Grouping:
    """The division that puts nodes with the same key together, in order of the keys; "" means no group."""
    names = tuple(sorted(set(keys) - {""}))
    places = {key: place for place, key in enumerate(names)}
    groups = np.array([places.get(key, NO_GROUP) for key in keys], dtype=np.int32)
    return Grouping(label, groups, names)


def belonging(groups: Indices) -> sparse.csr_array:
    """The matrix of nodes × groups with a one where a node is in a group; the row of a node of no group is empty."""
    member = np.flatnonzero(groups >= 0)
    shape = (len(groups), int(groups.max(initial=NO_GROUP)) + 1)
    return sparse.csr_array((np.ones(len(member)), (member, groups[member])), shape=shape)


def by_class(nodes: Nodes) -> Grouping:
    """Nodes of the same class together, such as states, persons and organisations."""
    return grouping("Class", nodes.cls)
