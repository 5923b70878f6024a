"""Betweenness: how often a node lies on the shortest paths between others."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Final

import networkx as nx

from coopgraph.network.measures.measure import Measure, Uses
from coopgraph.network.network import Mode

# Distances are quotients of small whole numbers; floating point only blurs them.
_LARGEST_DENOMINATOR: Final = 1_000_000


def betweenness(network: nx.Graph) -> dict[str, float]:
    """The share of shortest paths between other nodes that pass through each node, lengths taken from `distance`.

    Formula: sum over s < t of sigma(s, t | v) / sigma(s, t), divided by (n - 1)(n - 2) / 2. Direction: none. Endpoints
    are not counted. Reads `distance`, never `strength`. Two paths are equally short if they are so as exact fractions:
    sums of rounded lengths would break ties at random. Range 0 to 1.

    References:
        L. C. Freeman, A set of measures of centrality based on betweenness, Sociometry 40 (1977) 35-41.
        U. Brandes, A faster algorithm for betweenness centrality, J. Mathematical Sociology 25 (2001) 163-177.
    """
    lengths = {
        (first, second): Fraction(distance).limit_denominator(_LARGEST_DENOMINATOR)
        for first, second, distance in network.edges(data="distance")
    }
    if any(length <= 0 for length in lengths.values()):
        raise ValueError("a distance must be a positive number")
    scale = lcm(*(length.denominator for length in lengths.values()))
    exact = nx.Graph()
    exact.add_nodes_from(network)
    exact.add_edges_from((*pair, {"length": int(length * scale)}) for pair, length in lengths.items())
    return dict(nx.betweenness_centrality(exact, normalized=True, weight="length"))


MEASURE = Measure(
    name="betweenness",
    label="Betweenness",
    mode=Mode.ONE_MODE,
    uses=Uses.DISTANCE,
    function=betweenness,
    meaning="share of the shortest paths between other actors that lead through an actor",
    formula="sum over pairs s, t of sigma(s, t | v) / sigma(s, t)",
    normalisation="divided by (n - 1)(n - 2) / 2, the number of pairs of other nodes; from 0 to 1",
    source="L. C. Freeman, A set of measures of centrality based on betweenness, Sociometry 40 (1977); "
    "U. Brandes, A faster algorithm for betweenness centrality, J. Math. Sociology 25 (2001)",
    doi="10.1080/0022250X.2001.9990249",
)
