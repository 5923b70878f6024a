"""Degree assortativity: whether nodes of many ties are tied to nodes of many ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.measures.measure import EITHER, Uses
from coopgraph.network.whole.measure import Figure, WholeMeasure

if TYPE_CHECKING:
    from coopgraph.network.network import Network


def degree_assortativity(network: Network) -> Figure:
    """The correlation of the degrees at the two ends of a tie.

    Formula: Pearson's r over all ties; without direction each tie is taken both ways. Direction: followed; it is then
    the correlation of the number of ties that go out of the source with the number of those that come in at the target.
    Not defined where all ends have the same degree. Reads neither strength nor distance. Complexity: O(n + m). Range -1
    to 1.

    References:
        M. E. J. Newman, Mixing patterns in networks, Physical Review E 67 (2003) 026126.
    """
    first, second = network.source, network.target
    if not network.directed:
        first, second = np.concatenate([first, second]), np.concatenate([second, first])
    before = np.bincount(first, minlength=network.n)[first].astype(np.float64)
    after = np.bincount(second, minlength=network.n)[second].astype(np.float64)
    if not len(before) or not np.ptp(before) or not np.ptp(after):
        return Figure(None, "all ends of ties have the same degree" if len(before) else "there are no ties")
    return Figure(float(np.corrcoef(before, after)[0, 1]))


MEASURE = WholeMeasure(
    name="degree-assortativity",
    label="Degree assortativity",
    modes=EITHER,
    uses=Uses.NOTHING,
    compute=degree_assortativity,
    meaning="whether nodes of many ties are tied to each other (above 0) or to nodes of few (below 0)",
    formula="Pearson's correlation of the degrees at both ends of the ties",
    normalisation="from -1 to 1",
    direction="out-degree of the source with in-degree of the target",
    complexity="O(n + m)",
    source="M. E. J. Newman, Mixing patterns in networks, Physical Review E 67 (2003)",
    doi="10.1103/PhysRevE.67.026126",
)
