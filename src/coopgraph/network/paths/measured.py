"""A random one of the shortest paths between two nodes, every tie having a length of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.paths.leaving import Leaving, drawn, each_once

if TYPE_CHECKING:
    from scipy import sparse

    from coopgraph.network.arrays import Indices

# Of the nodes that a ball may take in next, it takes the nearest quarter at once.
_PART: Final = 16


class Measured:
    """Searches from both ends at once; each ball grows by its nearest nodes until the two radii span the distance.

    Lengths are whole numbers in floating point whose sums stay below 2**53, so that equal lengths are equal. Not to be
    shared between threads: the marks of a search lie in arrays that the next one uses again.

    References:
        I. Pohl, Bi-directional search, Machine Intelligence 6 (1971) 127-140 (when two balls may stop).
    """

    def __init__(self, ahead: sparse.csr_array, back: sparse.csr_array) -> None:
        """Take the lengths of the ties in their direction and against it; the same matrix twice if they have none."""
        forward, backward = Leaving(ahead), Leaving(back)
        self._from_source = _Ball(forward, backward)
        self._from_target = _Ball(backward, forward)

    def between(self, source: int, target: int, generator: np.random.Generator) -> list[int]:
        """The nodes strictly between the ends of a shortest path; each shortest path is as likely as any other.

        Empty if the shortest path is a tie, or if there is none. The order of the nodes says nothing.
        """
        self._from_source.begin(source)
        self._from_target.begin(target)
        try:
            return self._found(generator)
        finally:
            self._from_source.forget()
            self._from_target.forget()

    def _found(self, generator: np.random.Generator) -> list[int]:
        start, end = self._from_source, self._from_target
        shortest = np.inf
        while start.radius + end.radius < shortest - 1:
            ball, other = (start, end) if len(start.open) <= len(end.open) else (end, start)
            shortest = min(shortest, ball.grow(other, shortest - 1 - other.radius))
        if np.isinf(shortest):
            return []
        # On a shortest path exactly one tie leaves this part of the ball; what lies beyond is in the other ball.
        inner = min(start.radius, shortest - 1)
        origins, ends, reached = start.leaving(inner)
        across = (reached > inner) & (reached + end.distance[ends] == shortest)
        origins, ends = origins[across], ends[across]
        from_source, from_target = start.paths(origins), end.paths(ends)
        weights = [
            from_source[one] * from_target[other] for one, other in zip(origins.tolist(), ends.tolist(), strict=True)
        ]
        chosen = drawn(weights, generator)
        return start.back(int(origins[chosen]), from_source, generator) + end.back(
            int(ends[chosen]), from_target, generator
        )


class _Ball:
    """The nodes within a radius of one end with their distances, and those next to them with bounds on theirs."""

    def __init__(self, ahead: Leaving, back: Leaving) -> None:
        self._ahead, self._back = ahead, back
        self._place = np.zeros(ahead.n, dtype=np.int64)
        self.distance = np.full(ahead.n, np.inf)

    def begin(self, node: int) -> None:
        self._centre = node
        self._seen = [np.array([node], dtype=np.int32)]
        self.open: Indices = self._seen[0]
        self.distance[node] = 0.0
        self.radius = -1.0

    def forget(self) -> None:
        for nodes in self._seen:
            self.distance[nodes] = np.inf

    def grow(self, other: _Ball, enough: float) -> float:
        """Take in the nearest nodes; the length of the shortest way found from here through the other ball."""
        bounds = self.distance[self.open]
        nearest = len(bounds) // _PART
        self.radius = min(float(np.partition(bounds, nearest)[nearest]), enough)
        active, outside = self.open[bounds <= self.radius], [self.open[bounds > self.radius]]
        shortest = np.inf
        while len(active):
            origins, places = self._ahead.of(active)
            ends = self._ahead.ends[places]
            reached = self.distance[origins] + self._ahead.values[places]
            nearer = reached < self.distance[ends]
            ends, reached = ends[nearer], reached[nearer]
            fresh = ends[np.isinf(self.distance[ends])]
            np.minimum.at(self.distance, ends, reached)
            ends = each_once(ends, self._place)
            self._seen.append(each_once(fresh, self._place))
            if len(ends):
                shortest = min(shortest, float((self.distance[ends] + other.distance[ends]).min()))
            # A way through nodes that have just been taken in may turn out shorter than one that was taken before.
            inside = self.distance[ends] <= self.radius
            active = ends[inside]
            outside.append(ends[~inside])
        rest = np.concatenate(outside)
        self.open = each_once(rest[self.distance[rest] > self.radius], self._place)
        if not len(self.open):
            self.radius = np.inf
        return shortest

    def leaving(self, radius: float) -> tuple[Indices, Indices, Indices]:
        """The ties that leave nodes within a radius: origins, ends, and how far each end is that way."""
        seen = np.concatenate(self._seen)
        origins, places = self._ahead.of(seen[self.distance[seen] <= radius])
        return origins, self._ahead.ends[places], self.distance[origins] + self._ahead.values[places]

    def paths(self, nodes: Indices) -> dict[int, float]:
        """The number of shortest paths from the centre to each of these nodes and to those on the way."""
        pending, before = [int(node) for node in np.unique(nodes)], {}
        while pending:
            node = pending.pop()
            if node not in before:
                before[node] = self._before(node)
                pending += before[node]
        counts = {self._centre: 1.0}
        for node in sorted(before, key=lambda each: float(self.distance[each])):
            if node != self._centre:
                counts[node] = sum(counts[each] for each in before[node])
        return counts

    def back(self, node: int, counts: dict[int, float], generator: np.random.Generator) -> list[int]:
        """The nodes on a random shortest path from here to the centre, without the centre."""
        found = []
        while node != self._centre:
            found.append(node)
            before = self._before(node)
            node = before[drawn([counts[each] for each in before], generator)]
        return found

    def _before(self, node: int) -> list[int]:
        places = self._back.at(node)
        ends = self._back.ends[places]
        on_the_way = self.distance[ends] + self._back.values[places] == self.distance[node]
        found: list[int] = ends[on_the_way].tolist()
        return found
