"""Between whom an actor lies: the pairs whose shortest paths lead through it."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final

from coopgraph.network import lengths
from coopgraph.network.explain.account import Pair, Pairs
from coopgraph.network.measures.measure import Uses

if TYPE_CHECKING:
    from coopgraph.network.network import Network

    Ends = list[list[tuple[int, int]]]

MEASURES: Final = frozenset({"betweenness", "two-mode-betweenness"})
# Nodes times ties up to which all pairs are gone through: about two seconds.
MOST: Final = 1_000_000


def pairs(network: Network, uses: Uses, node: int, *, at_most: int) -> Pairs | None:
    """The pairs of others with a shortest path through this node, largest share first; None in too large a network.

    The share of a pair (s, t) is sigma(s, v) sigma(v, t) / sigma(s, t) if d(s, v) + d(v, t) = d(s, t), sigma being
    numbers of shortest paths; the sum of all shares is betweenness before it is normalised. Lengths are exact, from
    the distances of ties or, if the measure reads none, one for each tie. Time O(n m log n).
    """
    if network.n * max(1, network.m) > MOST:
        return None
    length = lengths.exact(network.distances) if uses is Uses.DISTANCE else [1] * network.m
    out, into = _adjacent(network, length)
    from_node, to_node = _paths(out, node), _paths(into, node)
    found = []
    for first in sorted(to_node.keys() - {node}):
        reached = _paths(out, first)
        for second in sorted(from_node.keys() - {node, first}):
            if (not network.directed and second < first) or second not in reached:
                continue
            if to_node[first][0] + from_node[second][0] == reached[second][0]:
                found.append((to_node[first][1] * from_node[second][1] / reached[second][1], first, second))
    ordered = sorted(found, key=lambda each: (-round(each[0], 12), each[1], each[2]))
    listed = tuple(Pair(network.nodes[one], network.nodes[other], share) for share, one, other in ordered[:at_most])
    return Pairs(listed, len(found))


def _adjacent(network: Network, length: list[int]) -> tuple[Ends, Ends]:
    """For each node the ends of its ties with their lengths: along the ties, and against them."""
    out: Ends = [[] for _ in range(network.n)]
    into: Ends = [[] for _ in range(network.n)]
    for source, target, far in zip(network.source.tolist(), network.target.tolist(), length, strict=True):
        out[source].append((target, far))
        into[target].append((source, far))
        if not network.directed:
            out[target].append((source, far))
            into[source].append((target, far))
    return out, into


def _paths(ends: Ends, start: int) -> dict[int, tuple[int, int]]:
    """For each node that can be reached its distance from `start` and the number of shortest paths there."""
    done: dict[int, tuple[int, int]] = {}
    best, count, queue = {start: 0}, {start: 1}, [(0, start)]
    while queue:
        far, node = heappop(queue)
        if node in done:
            continue
        done[node] = far, count[node]
        for other, step in ends[node]:
            if other not in best or far + step < best[other]:
                best[other], count[other] = far + step, count[node]
                heappush(queue, (far + step, other))
            elif far + step == best[other] and other not in done:
                count[other] += count[node]
    return done
