"""Components: the pieces that a network falls into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csgraph

from coopgraph.network.measures.measure import DIRECTED, Uses
from coopgraph.network.network import Mode
from coopgraph.network.whole.measure import Figure, WholeMeasure

if TYPE_CHECKING:
    from coopgraph.network.arrays import Indices
    from coopgraph.network.network import Network

_SOURCE: Final = "S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.2"


def pieces(network: Network, connection: str = "weak") -> tuple[int, Indices]:
    """How many components there are, and which one each node is in; "strong" follows the direction of ties."""
    if not network.n:
        return 0, np.zeros(0, dtype=np.int32)
    count, labels = csgraph.connected_components(network.adjacency(), directed=network.directed, connection=connection)
    return int(count), labels


def largest(network: Network, connection: str = "weak") -> Indices:
    """The nodes of the largest component, in order; of several as large the one with the first node."""
    _, labels = pieces(network, connection)
    if not len(labels):
        return np.zeros(0, dtype=np.int32)
    sizes = np.bincount(labels)
    found = labels[np.flatnonzero(sizes[labels] == sizes.max())[0]]
    return np.flatnonzero(labels == found).astype(np.int32)


def components(network: Network) -> Figure:
    """The number of components, isolates included.

    Formula: number of classes of nodes that paths join. Direction: set aside. Reads neither strength nor distance.
    Complexity: O(n + m).

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.2.
    """
    return Figure(float(pieces(network)[0]))


def strong_components(network: Network) -> Figure:
    """The number of components within which everyone reaches everyone along the ties.

    Formula: number of classes of nodes that paths join both ways. Direction: followed. Reads neither strength nor
    distance. Complexity: O(n + m).

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.2.
    """
    return Figure(float(pieces(network, "strong")[0]))


def largest_component(network: Network) -> Figure:
    """The share of the nodes that are in the largest component.

    Formula: nodes of the largest component / n; not defined without nodes. Direction: set aside. Reads neither strength
    nor distance. Complexity: O(n + m). Range 0 to 1.

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.2.
    """
    if not network.n:
        return Figure(None, "there are no nodes")
    size = len(largest(network))
    return Figure(size / network.n, f"{size:,} of {network.n:,} nodes")


COMPONENTS = WholeMeasure(
    name="components",
    label="Components",
    modes=tuple(Mode),
    uses=Uses.NOTHING,
    compute=components,
    meaning="number of pieces without ties between them, isolates included",
    formula="number of classes of nodes that paths join",
    normalisation="none; a count",
    direction="set aside (weak components)",
    complexity="O(n + m)",
    source=_SOURCE,
)
STRONG_COMPONENTS = WholeMeasure(
    name="strong-components",
    label="Strong components",
    modes=DIRECTED,
    uses=Uses.NOTHING,
    compute=strong_components,
    meaning="number of pieces within which every node reaches every other along the ties",
    formula="number of classes of nodes that paths join both ways",
    normalisation="none; a count",
    direction="followed",
    complexity="O(n + m)",
    source=_SOURCE,
)
LARGEST_COMPONENT = WholeMeasure(
    name="largest-component",
    label="Largest component",
    modes=tuple(Mode),
    uses=Uses.NOTHING,
    compute=largest_component,
    meaning="share of the nodes that are in the largest component",
    formula="nodes of the largest component / n",
    normalisation="divided by the number of nodes; from 0 to 1",
    direction="set aside",
    complexity="O(n + m)",
    source=_SOURCE,
)
