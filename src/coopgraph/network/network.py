"""A network as arrays: nodes, ties and what each tie weighs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from coopgraph.network.projections.rules import NONE

if TYPE_CHECKING:
    from coopgraph.network.arrays import Distances, Floats, Indices, Strengths
    from coopgraph.network.nodes import Nodes
    from coopgraph.network.projections.rules import Rule


class Mode(StrEnum):
    """What ties join: two kinds of node, nodes that share something, or nodes directly, with a direction."""

    TWO_MODE = "two-mode"
    ONE_MODE = "one-mode"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Network:
    """Nodes and ties, ties in order of their ends; without direction the end of the smaller index comes first.

    `origin` gives each node's index in the affiliations that the network was made from; `side` is 0 for sources
    (actors) and, in a two-mode network, 1 for targets (events). `rule` is the one that strengths follow.
    """

    mode: Mode
    nodes: Nodes
    origin: Indices
    side: Indices
    source: Indices
    target: Indices
    strengths: Strengths
    distances: Distances
    rule: Rule = NONE

    @property
    def directed(self) -> bool:
        """Whether a tie from a to b differs from one from b to a."""
        return self.mode is Mode.DIRECT

    @property
    def n(self) -> int:
        """The number of nodes."""
        return len(self.nodes)

    @property
    def m(self) -> int:
        """The number of ties."""
        return len(self.source)

    def adjacency(self, values: Strengths | Distances | None = None) -> sparse.csr_array:
        """The n × n matrix of these values (ones without them); symmetric unless ties have a direction."""
        data: Floats = np.ones(self.m) if values is None else values.values
        rows, columns = self.source, self.target
        if not self.directed:
            rows, columns = np.concatenate([rows, columns]), np.concatenate([columns, rows])
            data = np.concatenate([data, data])
        return sparse.csr_array((data, (rows, columns)), shape=(self.n, self.n))

    def undirected(self) -> sparse.csr_array:
        """The symmetric n × n matrix of ones where two nodes are tied, in whichever direction."""
        ties = self.adjacency()
        return ties.maximum(ties.T).tocsr() if self.directed else ties
