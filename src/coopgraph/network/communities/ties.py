"""The ties that communities are searched in: without direction, one for each pair of nodes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats, Indices, Mask
    from coopgraph.network.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """`n` nodes and weighted ties between them; the smaller end first, each pair once."""

    n: int
    source: Indices
    target: Indices
    weight: Floats

    @classmethod
    def of(cls, network: Network) -> Ties:
        """The ties of a network with their strengths; the strengths of two opposite ties are added up."""
        first = np.minimum(network.source, network.target)
        second = np.maximum(network.source, network.target)
        if not network.directed:
            return cls(network.n, first, second, network.strengths.values)
        keys, place = np.unique(first.astype(np.int64) * network.n + second, return_inverse=True)
        weight = np.zeros(len(keys))
        np.add.at(weight, place, network.strengths.values)
        width = max(1, network.n)
        return cls(network.n, (keys // width).astype(np.int32), (keys % width).astype(np.int32), weight)

    def __len__(self) -> int:
        return len(self.source)

    def weighing(self, weight: Floats, kept: Mask) -> Ties:
        """The ties of the mask with other weights."""
        return replace(self, source=self.source[kept], target=self.target[kept], weight=weight[kept])
