"""Effective size: how many of a node's neighbours are not redundant."""

from __future__ import annotations

from math import isnan
from typing import Any

import networkx as nx

from coopgraph.network.measures.measure import EITHER, NETWORKX, Measure, Uses


def effective_size(network: nx.Graph, backend: str = NETWORKX) -> dict[Any, float]:
    """The number of a node's neighbours, less what they have in common.

    Formula: e(v) = sum over the neighbours u of (1 - sum over q of p(v, q) m(u, q)), with p(v, q) the strength of the
    ties between v and q in both directions over that of all ties of v, and m(u, q) that between u and q over the
    largest of u. With equal strengths it is d(v) - 2 t(v) / d(v), t(v) the number of triangles through v. Not
    normalised: a number of nodes. 0 for a node without ties. Direction: both added. Reads `strength`; its unit does not
    matter. Complexity: O(n^2) memory, O(sum of d(v)^2) time.

    References:
        R. S. Burt, Structural Holes: The Social Structure of Competition (1992), equation 2.2.
        S. P. Borgatti, Structural holes: unpacking Burt's redundancy measures, Connections 20 (1997) 35-38.
    """
    if not network.size():
        return dict.fromkeys(network, 0.0)
    # Asked for all nodes at once, networkx 3.6 divides by the largest strength of the wrong end; asked for each node,
    # it takes one whose ties all come in for an isolate.
    found = nx.effective_size(_without_direction(network), nodes=list(network), weight="strength", backend=backend)
    return {node: 0.0 if isnan(value) else float(value) for node, value in found.items()}


def _without_direction(network: nx.Graph) -> nx.Graph:
    plain = nx.Graph()
    plain.add_nodes_from(network)
    for source, target, strength in network.edges(data="strength"):
        other = plain[source][target]["strength"] if plain.has_edge(source, target) else 0.0
        plain.add_edge(source, target, strength=strength + other)
    return plain


MEASURE = Measure(
    name="effective-size",
    label="Effective size",
    modes=EITHER,
    uses=Uses.STRENGTH,
    function=effective_size,
    meaning="number of neighbours of a node, less what they have in common",
    formula="sum of (1 - sum of p(v, q) m(u, q) over q) over the neighbours u",
    normalisation="none; a number of nodes, 0 for a node without ties",
    direction="both directions are added",
    complexity="O(sum of d(v)²)",
    calls=("effective_size",),
    source="R. S. Burt, Structural Holes: The Social Structure of Competition (1992), equation 2.2; S. P. Borgatti, "
    "Structural holes: unpacking Burt's redundancy measures, Connections 20 (1997)",
)
