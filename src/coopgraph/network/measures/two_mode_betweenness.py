"""Two-mode betweenness: lying between others in the network of actors and events, without any projection."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import NETWORKX, TWO_MODE, Measure, Uses


def two_mode_betweenness(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """Betweenness over the largest value that a node of its kind could have (attribute `bipartite`: 0 actor, 1 event).

    Formula: for n actors, m events, s = (n - 1) div m, t = (n - 1) mod m, an actor's betweenness is divided by
    [m^2 (s + 1)^2 + m (s + 1)(2t - s - 1) - t (2s - t + 3)] / 2, an event's by the same with n and m exchanged; 0 where
    that maximum is 0. Direction: none. Reads neither strength nor distance. Complexity: O(nodes * ties). Range 0 to 1.

    References:
        S. P. Borgatti, M. G. Everett, Network analysis of 2-mode data, Social Networks 19 (1997) 243-269.
        S. P. Borgatti, D. S. Halgin, Analyzing affiliation networks, SAGE Handbook of Social Network Analysis (2011).
    """
    actors = [node for node, side in network.nodes(data="bipartite") if side == 0]
    events = len(network) - len(actors)
    if not actors or not events:
        return dict.fromkeys(network, 0.0)
    # networkx's own bipartite function divides by zero when there is one actor or one event.
    most = largest(len(actors), events)
    values = nx.betweenness_centrality(network, normalized=False, weight=None, backend=backend)
    sides = dict(network.nodes(data="bipartite"))
    return {node: value / most[sides[node]] if most[sides[node]] else 0.0 for node, value in values.items()}


def largest(actors: int, events: int) -> tuple[float, float]:
    """The largest number of pairs that an actor could lie between, and an event, in a network of so many."""
    return _largest(actors, events), _largest(events, actors)


def _largest(own: int, other: int) -> float:
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


MEASURE = Measure(
    name="two-mode-betweenness",
    label="Two-mode betweenness",
    modes=TWO_MODE,
    uses=Uses.NOTHING,
    function=two_mode_betweenness,
    meaning="share of the shortest paths in the network of both kinds of node that lead through a node",
    formula="sum over pairs s, t of sigma(s, t | v) / sigma(s, t), every tie of length 1",
    normalisation="divided by the largest value that a node of its kind could have; from 0 to 1",
    direction="none",
    complexity="O(nodes * ties)",
    calls=("betweenness_centrality",),
    source="S. P. Borgatti, M. G. Everett, Network analysis of 2-mode data, Social Networks 19 (1997); "
    "S. P. Borgatti, D. S. Halgin, Analyzing affiliation networks, SAGE Handbook of Social Network Analysis (2011)",
    doi="10.1016/S0378-8733(96)00301-2",
)
