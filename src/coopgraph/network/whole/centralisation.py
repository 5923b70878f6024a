"""Centralisation: how far a network is from having one centre, by degree, by closeness and by betweenness."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.arrays import Distances
from coopgraph.network.engines.choose import evaluate
from coopgraph.network.engines.port import Choice
from coopgraph.network.measures import betweenness as node_betweenness
from coopgraph.network.measures.measure import DIRECTED, EITHER, UNDIRECTED, Uses
from coopgraph.network.whole.measure import Figure, WholeMeasure
from coopgraph.network.whole.sweep import sweep

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.network import Mode, Network

_FEW: Final = "defined for three nodes or more"
# Nodes times nodes and ties up to which exact betweenness takes no more than some seconds.
_BUDGET: Final = 100_000_000


def _spread(values: Floats, largest: float) -> float:
    """The sum of the differences to the highest value, over the largest sum that a network of this size can have."""
    return float((values.max() - values).sum() / largest)


def degree(network: Network) -> Figure:
    """How far the degrees differ from the highest.

    Formula: sum of (highest d - d(v)) / ((n - 1)(n - 2)), the sum in a star; not defined below three nodes. Direction:
    none. Reads neither strength nor distance. Complexity: O(n + m). Range 0 to 1.

    References:
        L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79) 215-239.
    """
    if network.n < 3:
        return Figure(None, _FEW)
    counts = np.bincount(np.concatenate([network.source, network.target]), minlength=network.n)
    return Figure(_spread(counts.astype(np.float64), (network.n - 1) * (network.n - 2)))


def _of_ends(network: Network, ends: Indices) -> Figure:
    if network.n < 3:
        return Figure(None, _FEW)
    counts = np.bincount(ends, minlength=network.n)
    return Figure(_spread(counts.astype(np.float64), (network.n - 1) ** 2))


def in_degree(network: Network) -> Figure:
    """How far the in-degrees differ from the highest.

    Formula: sum of (highest d - d(v)) / (n - 1)^2, the sum in a star whose ties lead to its centre; not defined below
    three nodes. Direction: ties that come in. Reads neither strength nor distance. Complexity: O(n + m). Range 0 to 1.

    References:
        L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79) 215-239.
    """
    return _of_ends(network, network.target)


def out_degree(network: Network) -> Figure:
    """How far the out-degrees differ from the highest.

    Formula: sum of (highest d - d(v)) / (n - 1)^2, the sum in a star whose ties lead away from its centre; not defined
    below three nodes. Direction: ties that go out. Reads neither strength nor distance. Complexity: O(n + m). Range 0
    to 1.

    References:
        L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79) 215-239.
    """
    return _of_ends(network, network.source)


def closeness(network: Network) -> Figure:
    """How far the closeness of the nodes differs from the highest, every tie being one step.

    Formula: sum of (highest c - c(v)) / ((n - 1)(n - 2) / (2 n - 3)), the sum in a star; not defined below three nodes
    or where somebody cannot be reached, and not computed in networks too large to follow all paths. Direction: none.
    Reads neither strength nor distance. Complexity: O(n (n + m)). Range 0 to 1.

    References:
        L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79) 215-239.
    """
    if network.n < 3:
        return Figure(None, _FEW)
    found = sweep(network)
    if found.size < network.n:
        return Figure(None, "defined for networks in one piece only")
    if not found.complete:
        return Figure(None, "too large to follow all paths")
    n = network.n
    return Figure(_spread((n - 1) / found.total, (n - 1) * (n - 2) / (2 * n - 3)))


def betweenness(network: Network) -> Figure:
    """How far the normalised betweenness of the nodes differs from the highest, every tie being one step.

    Formula: sum of (highest b - b(v)) / (n - 1), the sum in a star; not defined below three nodes, and not computed in
    networks too large for exact betweenness. Direction: followed. Reads neither strength nor distance. Complexity: O(n
    m). Range 0 to 1.

    References:
        L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79) 215-239.
    """
    if network.n < 3:
        return Figure(None, _FEW)
    if network.n * (network.n + network.m) > _BUDGET:
        return Figure(None, "too large for exact betweenness")
    steps = replace(network, distances=Distances(np.ones(network.m)))
    found = evaluate(node_betweenness.MEASURE, steps, Choice())
    if found.error:
        return Figure(None, "too large for exact betweenness")
    return Figure(_spread(found.values, network.n - 1))


def _measure(
    name: str, compute: Callable[[Network], Figure], modes: tuple[Mode, ...], largest: str, complexity: str
) -> WholeMeasure:
    return WholeMeasure(
        name=f"{name}-centralisation",
        label=f"{name.capitalize()} centralisation",
        modes=modes,
        uses=Uses.NOTHING,
        compute=compute,
        meaning=f"how far the network is from one with a single centre, by {name}; every tie counts the same",
        formula="sum over the nodes of the highest value less their own, over the largest sum possible",
        normalisation=f"divided by {largest}, the sum in a star; from 0 to 1",
        direction="not defined for directed networks" if modes == UNDIRECTED else "followed",
        complexity=complexity,
        source="L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1 (1978/79)",
        doi="10.1016/0378-8733(78)90021-7",
    )


DEGREE = _measure("degree", degree, UNDIRECTED, "(n - 1)(n - 2)", "O(n + m)")
IN_DEGREE = _measure("in-degree", in_degree, DIRECTED, "(n - 1)²", "O(n + m)")
OUT_DEGREE = _measure("out-degree", out_degree, DIRECTED, "(n - 1)²", "O(n + m)")
CLOSENESS = _measure("closeness", closeness, UNDIRECTED, "(n - 1)(n - 2) / (2 n - 3)", "O(n (n + m))")
BETWEENNESS = _measure("betweenness", betweenness, EITHER, "n - 1", "O(n m)")
