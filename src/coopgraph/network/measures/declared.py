"""Show a measure the one column of the ties that it declares; reading the other one is an error, never a guess."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Never, cast

import networkx as nx

from coopgraph.network.engines.prepared import prepared
from coopgraph.network.measures.measure import Uses

if TYPE_CHECKING:
    from coopgraph.network.arrays import Distances, Strengths
    from coopgraph.network.network import Network


class UndeclaredError(LookupError):
    """A measure reads an attribute of ties that it does not declare: a fault in the measure, not in the data."""


class Tie(dict[str, float]):
    """The attributes of a tie.

    networkx takes a tie without the attribute it looks for as one of weight 1. Here that is an error.
    """

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or _refuse(key)

    def __missing__(self, key: str) -> Never:
        _refuse(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The attribute of this name; there is no default, so that nothing stands in for what is not there."""
        return self[key]


class Shown(nx.Graph):  # type: ignore[misc]  # networkx has no types
    """A graph of such ties; what networkx derives from it is one as well."""

    edge_attr_dict_factory = Tie

    def to_undirected_class(self) -> type[nx.Graph]:
        """The class of what `to_undirected` returns."""
        return Shown

    def to_directed_class(self) -> type[nx.DiGraph]:
        """The class of what `to_directed` returns."""
        return ShownDirected


class ShownDirected(nx.DiGraph):  # type: ignore[misc]
    """The same with direction."""

    edge_attr_dict_factory = Tie

    def to_undirected_class(self) -> type[nx.Graph]:
        """The class of what `to_undirected` returns."""
        return Shown

    def to_directed_class(self) -> type[nx.DiGraph]:
        """The class of what `to_directed` returns."""
        return ShownDirected


def as_graph(network: Network, uses: Uses) -> nx.Graph:
    """The network as a networkx graph whose ties carry what is declared, and nothing else.

    Nodes by index, in order, with `bipartite` (0 source side, 1 target side); directed if ties are.
    """
    made = ShownDirected() if network.directed else Shown()
    made.add_nodes_from((index, {"bipartite": side}) for index, side in enumerate(network.side.tolist()))
    ends = zip(network.source.tolist(), network.target.tolist(), strict=True)
    if uses is Uses.NOTHING:
        made.add_edges_from(ends)
        return made
    weights = network.strengths if uses is Uses.STRENGTH else network.distances
    rows = zip(ends, weights.values.tolist(), strict=True)
    made.add_edges_from((source, target, {uses.value: value}) for (source, target), value in rows)
    return made


def shown(network: Network, uses: Uses) -> Network:
    """As `as_arrays`; the same network every time, so that what is made of it is made once."""
    return prepared(network, f"showing {uses}", lambda whole: as_arrays(whole, uses))


def as_arrays(network: Network, uses: Uses) -> Network:
    """The network with the columns of ties that are not declared out of reach."""
    hidden: dict[str, Any] = {}
    if uses is not Uses.STRENGTH:
        hidden["strengths"] = cast("Strengths", _Hidden(Uses.STRENGTH.value))
    if uses is not Uses.DISTANCE:
        hidden["distances"] = cast("Distances", _Hidden(Uses.DISTANCE.value))
    return replace(network, **hidden)


class _Hidden:
    """Stands where a column was."""

    def __init__(self, column: str) -> None:
        self._column = column

    @property
    def values(self) -> Never:
        """Nothing: whoever asks has not declared it."""
        _refuse(self._column)

    def distances(self) -> Never:
        """Nothing either."""
        _refuse(self._column)


def _refuse(key: object) -> Never:
    raise UndeclaredError(f"the measure reads the attribute {key!r} of ties and does not declare it")
