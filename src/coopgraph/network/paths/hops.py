"""A random one of the shortest paths between two nodes, every tie counting as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.paths.leaving import Leaving, drawn, each_once

if TYPE_CHECKING:
    from scipy import sparse

    from coopgraph.network.arrays import Indices


class Hops:
    """Searches from both ends at once, level by level, on whichever side has fewer ties to follow.

    Not to be shared between threads: the marks of a search lie in arrays that the next one uses again.

    References:
        M. Borassi, E. Natale, KADABRA is an adaptive algorithm for betweenness via random approximation, ACM J.
        Experimental Algorithmics 24 (2019) 1.2, doi:10.1145/3284359 (why such balls stay small).
    """

    def __init__(self, ahead: sparse.csr_array, back: sparse.csr_array) -> None:
        """Take the ties in their direction and against it; the same matrix twice where they have none."""
        forward, backward = Leaving(ahead), Leaving(back)
        self._from_source = _Ball(forward, backward)
        self._from_target = _Ball(backward, forward)

    def between(self, source: int, target: int, generator: np.random.Generator) -> list[int]:
        """The nodes strictly between the ends of a shortest path; each shortest path is as likely as any other.

        Empty if the ends are joined by a tie, or not joined at all. The order of the nodes says nothing.
        """
        self._from_source.begin(source)
        self._from_target.begin(target)
        try:
            return self._found(generator)
        finally:
            self._from_source.forget()
            self._from_target.forget()

    def _found(self, generator: np.random.Generator) -> list[int]:
        ball, other = self._from_source, self._from_target
        while ball.ties and other.ties:
            if other.ties < ball.ties:
                ball, other = other, ball
            origins, ends = ball.reach()
            # Both balls are complete and had no tie between them, so every tie that joins them now is on a shortest
            # path, and every shortest path has exactly one of them.
            across = other.level[ends] >= 0
            if across.any():
                origins, ends = origins[across], ends[across]
                chosen = drawn(ball.paths[origins] * other.paths[ends], generator)
                return ball.back(int(origins[chosen]), generator) + other.back(int(ends[chosen]), generator)
            ball.grow(origins, ends)
        return []


class _Ball:
    """The nodes within so many steps of one end, with the number of shortest paths to each."""

    def __init__(self, ahead: Leaving, back: Leaving) -> None:
        self._ahead, self._back = ahead, back
        self._place = np.zeros(ahead.n, dtype=np.int64)
        self.level = np.full(ahead.n, -1, dtype=np.int32)
        self.paths = np.zeros(ahead.n)

    def begin(self, node: int) -> None:
        self._shells = [np.array([node], dtype=np.int32)]
        self.level[node] = 0
        self.paths[node] = 1.0
        self.ties = int(self._ahead.degree[node])

    def forget(self) -> None:
        for shell in self._shells:
            self.level[shell] = -1
            self.paths[shell] = 0.0

    def reach(self) -> tuple[Indices, Indices]:
        """The ties that leave the outermost shell."""
        origins, places = self._ahead.of(self._shells[-1])
        return origins, self._ahead.ends[places]

    def grow(self, origins: Indices, ends: Indices) -> None:
        """Add the shell that these ties lead to."""
        outward = self.level[ends] < 0
        origins, ends = origins[outward], ends[outward]
        shell = each_once(ends, self._place)
        self.level[shell] = len(self._shells)
        np.add.at(self.paths, ends, self.paths[origins])
        self._shells.append(shell)
        self.ties = int(self._ahead.degree[shell].sum())

    def back(self, node: int, generator: np.random.Generator) -> list[int]:
        """The nodes on a random shortest path from here to the centre, without the centre."""
        found = []
        for level in range(int(self.level[node]) - 1, -1, -1):
            found.append(node)
            before = self._back.ends[self._back.at(node)]
            before = before[self.level[before] == level]
            node = int(before[drawn(self.paths[before], generator)])
        return found
