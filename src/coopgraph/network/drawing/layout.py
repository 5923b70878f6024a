"""Where the nodes stand: each part of the network on its own, the parts on shelves, no two nodes too close."""

from __future__ import annotations

from math import cos, hypot, pi, sin, sqrt
from typing import Final

import networkx as nx

WIDTH: Final = 1000
MARGIN_X: Final = 105
MARGIN_Y: Final = 46
APART: Final = 50
_ROUNDS: Final = 300

Positions = dict[str, tuple[float, float]]


def layout(network: nx.Graph) -> tuple[dict[str, tuple[int, int]], int]:
    """Whole-number positions of all nodes on a sheet of `WIDTH` and the sheet's height; isolates should be left out."""
    parts = sorted(nx.connected_components(network), key=lambda part: (-len(part), min(part)))
    placed: dict[str, tuple[int, int]] = {}
    left = top = shelf = 0
    for part in parts:
        nodes = sorted(part)
        across, down = _box(len(nodes))
        if left and left + across > WIDTH:
            left, top, shelf = 0, top + shelf, 0
        for node, (x, y) in _arrange(network, nodes, across, down).items():
            placed[node] = (left + round(x), top + round(y))
        left += across
        shelf = max(shelf, down)
    return placed, top + shelf


def _box(count: int) -> tuple[int, int]:
    if count <= 2:
        return 330, 120
    across = min(WIDTH, round(180 * sqrt(count)) + 60)
    return across, round(min(across * 0.78, 130 * sqrt(count))) if across < WIDTH else max(720, 17 * count)


def _arrange(network: nx.Graph, nodes: list[str], across: int, down: int) -> Positions:
    inner_x, inner_y = across - 2 * MARGIN_X, down - 2 * MARGIN_Y
    if len(nodes) == 1:
        return {nodes[0]: (across / 2, down / 2)}
    part = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(sorted(network.subgraph(nodes).edges()))
    found = nx.kamada_kawai_layout(part, weight=None)
    points = {node: (float(found[node][0]), float(found[node][1])) for node in nodes}
    if len(nodes) == 2:
        points = {nodes[0]: (0.0, 0.5), nodes[1]: (1.0, 0.5)}
    xs, ys = [x for x, _ in points.values()], [y for _, y in points.values()]
    span_x, span_y = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
    scaled = {
        node: (
            MARGIN_X + (x - min(xs)) / span_x * inner_x,
            MARGIN_Y + (y - min(ys)) / span_y * inner_y if max(ys) > min(ys) else down / 2,
        )
        for node, (x, y) in points.items()
    }
    return _spread(scaled, across, down)


def _spread(points: Positions, across: int, down: int) -> Positions:
    """Push nodes that are too close apart until none is, or the rounds are used up."""
    nodes = sorted(points)
    for _ in range(_ROUNDS):
        moved = False
        for index, first in enumerate(nodes):
            for second in nodes[index + 1 :]:
                moved |= _part(points, first, second, index)
        for node, (x, y) in points.items():
            points[node] = (min(max(x, MARGIN_X), across - MARGIN_X), min(max(y, MARGIN_Y), down - MARGIN_Y))
        if not moved:
            break
    return points


def _part(points: Positions, first: str, second: str, index: int) -> bool:
    (ax, ay), (bx, by) = points[first], points[second]
    gap = hypot(bx - ax, by - ay)
    if gap >= APART:
        return False
    # Nodes on the very same spot part in a direction that depends on their place in the order, not on chance.
    angle = 2 * pi * index / 7
    ux, uy = ((bx - ax) / gap, (by - ay) / gap) if gap > 0.01 else (cos(angle), sin(angle))
    push = (APART - gap) / 2 + 0.5
    points[first] = (ax - ux * push, ay - uy * push)
    points[second] = (bx + ux * push, by + uy * push)
    return True
