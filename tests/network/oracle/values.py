"""Networks and their measures by formula: exact fractions for paths, whole matrices for the rest."""

from __future__ import annotations

import heapq
from collections import defaultdict
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.network.oracle.statements import Statement

Values = dict[str, float]


def folded(statements: Iterable[Statement], times: Callable[[str], int] = lambda _: 1) -> nx.Graph:
    """Sources tied by what they share, each target e adding times(e) / (n(e) - 1)."""
    shared = defaultdict(set)
    for one in statements:
        shared[one.target].add(one.source)
    made = nx.Graph()
    for target, members in shared.items():
        made.add_nodes_from(members)
        for first, second in combinations(sorted(members), 2):
            before = made.get_edge_data(first, second, {"w": Fraction(0)})["w"]
            made.add_edge(first, second, w=before + Fraction(times(target), len(members) - 1))
    return made


def straight(statements: Iterable[Statement]) -> nx.DiGraph:
    """Sources tied to targets, every tie of strength 1."""
    made = nx.DiGraph()
    for one in statements:
        made.add_nodes_from((one.source, one.target))
        if one.source != one.target:
            made.add_edge(one.source, one.target, w=Fraction(1))
    return made


def values(graph: nx.Graph) -> dict[str, Values]:
    """By measure, the value of each node."""
    nodes, others = sorted(graph), len(graph) - 1
    weights = np.array([[float(graph[a][b]["w"]) if graph.has_edge(a, b) else 0.0 for b in nodes] for a in nodes])
    both = weights + weights.T if graph.is_directed() else weights
    lengths, between = _paths(graph)
    found = {
        "degree": (both > 0).sum(axis=1) / others,
        "strength": both.sum(axis=1),
        "betweenness": [float(between[node] / (others * (others - 1))) for node in nodes],
        "harmonic": [
            float(sum(1 / ways[node] for start, ways in lengths.items() if start != node and node in ways) / others)
            for node in nodes
        ],
        "pagerank": _pagerank(weights),
        "constraint": _constraint(both),
    }
    if graph.is_directed():
        found |= {"in-degree": (weights > 0).sum(axis=0) / others, "out-degree": (weights > 0).sum(axis=1) / others}
    else:
        found["eigenvector"] = _eigenvector(weights)
    return {name: dict(zip(nodes, map(float, column), strict=True)) for name, column in found.items()}


def ranks(column: Values, *, lowest: bool = False) -> dict[str, int]:
    """1 and one more for each that comes before, after rounding to nine decimals."""
    shown = {node: round(value, 9) * (-1 if lowest else 1) for node, value in column.items()}
    return {node: 1 + sum(other > value for other in shown.values()) for node, value in shown.items()}


def _paths(graph: nx.Graph) -> tuple[dict[str, dict[str, Fraction]], dict[str, Fraction]]:
    """All lengths, and for each node the sum over ordered pairs of the share of shortest paths through it."""
    lengths, numbers = {}, {}
    for start in graph:
        length, number, settled, queue = (
            {start: Fraction(0)},
            defaultdict(int, {start: 1}),
            set(),
            [(Fraction(0), start)],
        )
        while queue:
            far, node = heapq.heappop(queue)
            if node in settled:
                continue
            settled.add(node)
            for after in graph[node]:
                reached = far + 1 / graph[node][after]["w"]
                if after not in length or reached < length[after]:
                    length[after], number[after] = reached, 0
                    heapq.heappush(queue, (reached, after))
                if reached == length[after]:
                    number[after] += number[node]
        lengths[start], numbers[start] = length, number
    between = dict.fromkeys(graph, Fraction(0))
    for start, ways in lengths.items():
        for node, part in ways.items():
            for end, rest in lengths[node].items():
                if node not in (start, end) and start != end and ways[end] == part + rest:
                    between[node] += Fraction(numbers[start][node] * numbers[node][end], numbers[start][end])
    return lengths, between


def _pagerank(weights: np.ndarray) -> np.ndarray:
    size, out = len(weights), weights.sum(axis=1, keepdims=True)
    steps = np.where(out > 0, weights / np.where(out > 0, out, 1), 1 / size)
    return np.linalg.solve(np.eye(size) - 0.85 * steps.T, np.full(size, 0.15 / size))


def _eigenvector(weights: np.ndarray) -> np.ndarray:
    found, vectors = np.linalg.eigh(weights)
    leading = vectors[:, found > found[-1] - 1e-9]
    nearest = leading @ leading.T @ np.ones(len(weights))
    return nearest / np.linalg.norm(nearest)


def _constraint(both: np.ndarray) -> np.ndarray:
    every = both.sum(axis=1, keepdims=True)
    parts = both / np.where(every > 0, every, 1)
    held = np.where(both > 0, parts + parts @ parts, 0)
    return np.where(every[:, 0] > 0, (held**2).sum(axis=1), 1.0)
