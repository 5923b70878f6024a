"""Core number: the densest part of the network that a node belongs to."""

from __future__ import annotations

from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import EITHER, NETWORKX, Measure, Uses


def core(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """The largest k such that a node belongs to a part of the network in which everyone is tied to at least k others.

    Formula: c(v) = max k such that v is in the k-core. Not normalised: a number of ties. Direction: set aside, two
    nodes tied both ways count as tied once. Reads neither strength nor distance. Complexity: O(n + m).

    References:
        S. B. Seidman, Network structure and minimum degree, Social Networks 5 (1983) 269-287.
        V. Batagelj, M. Zaveršnik, Fast algorithms for determining (generalized) core groups in social networks,
        Advances in Data Analysis and Classification 5 (2011) 129-145.
    """
    plain = network.to_undirected() if network.is_directed() else network
    return {node: float(value) for node, value in nx.core_number(plain, backend=backend).items()}


MEASURE = Measure(
    name="core",
    label="Core number",
    modes=EITHER,
    uses=Uses.NOTHING,
    function=core,
    meaning="largest k such that a node is in a part of the network in which everyone is tied to at least k others",
    formula="c(v) = max k such that v is in the k-core",
    normalisation="none; a number of ties",
    direction="set aside: two nodes tied both ways count as tied once",
    complexity="O(n + m)",
    calls=("core_number",),
    source="S. B. Seidman, Network structure and minimum degree, Social Networks 5 (1983); V. Batagelj, M. Zaveršnik, "
    "Fast algorithms for determining (generalized) core groups in social networks, ADAC 5 (2011)",
    doi="10.1016/0378-8733(83)90028-X",
)
