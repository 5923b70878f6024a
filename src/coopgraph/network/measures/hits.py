"""HITS: hubs have ties to good authorities, authorities have ties from good hubs."""

from __future__ import annotations

from typing import Any, Final

import networkx as nx

from coopgraph.network.measures.leading import sides
from coopgraph.network.measures.measure import DIRECTED, NETWORKX, Measure, Uses

_SOURCE: Final = "J. M. Kleinberg, Authoritative sources in a hyperlinked environment, J. ACM 46 (1999)"
_DOI: Final = "10.1145/324133.324140"


def hubs(network: nx.DiGraph, _backend: str = NETWORKX) -> dict[Any, float]:
    """How good the authorities are that a node has ties to.

    Formula: h(v) proportional to the sum over u of w(v, u) a(u), with a(u) proportional to the sum over v of
    w(v, u) h(v); the leading pair of singular vectors of the matrix of strengths. The values sum to 1; without ties all
    are 0. Where ties fall into parts that share neither a sender nor a receiver, only the parts with the largest
    singular value have values other than 0; should several share it, the vectors are the ones nearest to equal values.
    Direction: ties that go out. Reads `strength`. Complexity: O(n^3) for small networks, else O(m) for each round.

    References:
        J. M. Kleinberg, Authoritative sources in a hyperlinked environment, J. ACM 46 (1999) 604-632.
    """
    return _scores(network)[0]


def authorities(network: nx.DiGraph, _backend: str = NETWORKX) -> dict[Any, float]:
    """How good the hubs are that have ties to a node.

    Formula: a(u) proportional to the sum over v of w(v, u) h(v), with the hub values h; see `hubs`. The values sum to
    1; without ties all are 0. Direction: ties that come in. Reads `strength`. Complexity: as `hubs`.

    References:
        J. M. Kleinberg, Authoritative sources in a hyperlinked environment, J. ACM 46 (1999) 604-632.
    """
    return _scores(network)[1]


def _scores(network: nx.DiGraph) -> tuple[dict[Any, float], dict[Any, float]]:
    if not len(network):
        return {}, {}
    found = sides(nx.to_scipy_sparse_array(network, weight="strength", dtype=float, format="csr"))
    first, second = (dict(zip(network, side.tolist(), strict=True)) for side in found)
    return first, second


HUBS = Measure(
    name="hubs",
    label="Hubs (HITS)",
    modes=DIRECTED,
    uses=Uses.STRENGTH,
    function=hubs,
    meaning="having ties to nodes that many good hubs have ties to",
    formula="h(v) proportional to the sum of w(v, u) a(u) over all u",
    normalisation="all values sum to 1",
    direction="ties that go out",
    complexity="O(n³) for small networks, else O(m) for each of some tens of rounds",
    source=_SOURCE,
    doi=_DOI,
)
AUTHORITIES = Measure(
    name="authorities",
    label="Authorities (HITS)",
    modes=DIRECTED,
    uses=Uses.STRENGTH,
    function=authorities,
    meaning="having ties from nodes that have ties to many good authorities",
    formula="a(u) proportional to the sum of w(v, u) h(v) over all v",
    normalisation="all values sum to 1",
    direction="ties that come in",
    complexity="O(n³) for small networks, else O(m) for each of some tens of rounds",
    source=_SOURCE,
    doi=_DOI,
)
