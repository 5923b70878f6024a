"""How far apart nodes are: the average path, and the longest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.measures.measure import Uses
from coopgraph.network.network import Mode
from coopgraph.network.whole.measure import Figure, WholeMeasure
from coopgraph.network.whole.sweep import SEED, sweep

if TYPE_CHECKING:
    from coopgraph.network.network import Network
    from coopgraph.network.whole.sweep import Sweep


def average_path(network: Network) -> Figure:
    """The mean number of steps between two nodes of the largest component.

    Formula: sum of d(u, v) over the ordered pairs / number of pairs, every tie being one step. Direction: followed,
    within the largest strong component. Reads neither strength nor distance. In large networks an estimate from paths
    that begin at a sample of nodes; the note gives its standard error. Complexity: O(n (n + m)), bounded by the sample.

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.2.
    """
    found = sweep(network)
    if found.size < 2:
        return Figure(None, _no_pair(network))
    mean = float(found.total.sum() / found.paths)
    if found.complete:
        return Figure(mean, _within(found, network))
    spread = np.std(found.total / (found.size - 1), ddof=1) * np.sqrt(1 - len(found.total) / found.size)
    error = spread / np.sqrt(len(found.total))
    return Figure(mean, f"{_within(found, network)}; estimated {_from(found)}; standard error {error:.2g}")


def diameter(network: Network) -> Figure:
    """The largest number of steps between two nodes of the largest component.

    Formula: max of d(u, v), every tie being one step. Direction: followed, within the largest strong component. Reads
    neither strength nor distance. No value in networks too large to follow all paths: the longest path seen is only a
    lower bound, given in the note. Complexity: O(n (n + m)).

    References:
        S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.2.
    """
    found = sweep(network)
    if found.size < 2:
        return Figure(None, _no_pair(network))
    longest = int(found.farthest.max())
    if found.complete:
        return Figure(float(longest), _within(found, network))
    return Figure(None, f"too large to follow all paths; at least {longest}, seen {_from(found)}")


def _no_pair(network: Network) -> str:
    return "no two nodes reach each other along the ties" if network.directed else "no two nodes are tied"


def _within(found: Sweep, network: Network) -> str:
    kind = "strong component" if network.directed else "component"
    return f"in the largest {kind}, {found.size:,} of {network.n:,} nodes"


def _from(found: Sweep) -> str:
    return f"from {len(found.total):,} nodes drawn with seed {SEED}"


_SOURCE: Final = "S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.2"
AVERAGE_PATH = WholeMeasure(
    name="average-path",
    label="Average path",
    modes=tuple(Mode),
    uses=Uses.NOTHING,
    compute=average_path,
    meaning="mean number of steps between two nodes of the largest component",
    formula="(sum of d(u, v) over all pairs) / number of pairs, every tie being one step",
    normalisation="none; a number of steps",
    direction="followed, within the largest strong component",
    complexity="O(n (n + m)); in large networks a sample of the nodes",
    source=_SOURCE,
    doi="10.1017/CBO9780511815478",
)
DIAMETER = WholeMeasure(
    name="diameter",
    label="Diameter",
    modes=tuple(Mode),
    uses=Uses.NOTHING,
    compute=diameter,
    meaning="largest number of steps between two nodes of the largest component",
    formula="max of d(u, v), every tie being one step",
    normalisation="none; a number of steps",
    direction="followed, within the largest strong component",
    complexity="O(n (n + m)); no value in large networks",
    source=_SOURCE,
    doi="10.1017/CBO9780511815478",
)
