"""Size: how many nodes and ties a network has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.measures.measure import Uses
from coopgraph.network.network import Mode
from coopgraph.network.whole.measure import Figure, WholeMeasure

if TYPE_CHECKING:
    from coopgraph.network.network import Network

_SOURCE = "S. Wasserman, K. Faust, Social Network Analysis (1994), chapter 4"


def nodes(network: Network) -> Figure:
    """The number of nodes, isolates included.

    Formula: n. Direction: none. Reads neither strength nor distance. Complexity: O(1).

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), chapter 4.
    """
    return Figure(float(network.n))


def ties(network: Network) -> Figure:
    """The number of ties.

    Formula: m, each pair of tied nodes counted once. Direction: a tie each way counts as two. Reads neither strength
    nor distance. Complexity: O(1).

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), chapter 4.
    """
    return Figure(float(network.m))


NODES = WholeMeasure(
    name="nodes",
    label="Nodes",
    modes=tuple(Mode),
    uses=Uses.NOTHING,
    compute=nodes,
    meaning="number of nodes",
    formula="n",
    normalisation="none; a count",
    direction="none",
    complexity="O(1)",
    source=_SOURCE,
)
TIES = WholeMeasure(
    name="ties",
    label="Ties",
    modes=tuple(Mode),
    uses=Uses.NOTHING,
    compute=ties,
    meaning="number of ties",
    formula="m",
    normalisation="none; a count",
    direction="a tie each way counts as two",
    complexity="O(1)",
    source=_SOURCE,
)
