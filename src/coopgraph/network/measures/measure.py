"""What every measure states about itself, and the kinds of measure there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import networkx as nx

    from coopgraph.network.arrays import Floats, Indices
    from coopgraph.network.network import Network

NETWORKX = "networkx"  # networkx's name for its own implementation among the backends
UNDIRECTED = (Mode.ONE_MODE,)
DIRECTED = (Mode.DIRECT,)
EITHER = (Mode.ONE_MODE, Mode.DIRECT)
TWO_MODE = (Mode.TWO_MODE,)


class Uses(StrEnum):
    """The attribute of ties that a measure reads."""

    NOTHING = "nothing"
    STRENGTH = "strength"
    DISTANCE = "distance"


class Best(StrEnum):
    """Which end of the values ranks first."""

    HIGHEST = "highest"
    LOWEST = "lowest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """The facts that a report states about a measure.

    `modes` are the modes of network it is defined for, the first being the one it was made for; `direction` says what
    it does with the direction of ties; `source` is the literature, `doi` the identifier of its first item that has one.
    """

    name: str
    label: str
    modes: tuple[Mode, ...]
    uses: Uses
    meaning: str
    formula: str
    normalisation: str
    direction: str
    complexity: str
    source: str
    doi: str = ""

    @property
    def mode(self) -> Mode:
        """The mode it was made for."""
        return self.modes[0]

    def applies(self, mode: Mode) -> bool:
        """Whether it is defined for networks of this mode."""
        return mode in self.modes


class NodeFunction(Protocol):
    """The networkx function that defines a measure: nodes to values, by the networkx backend named.

    It reads no attribute of ties but the one that its measure declares, and gives every node a finite value.
    """

    def __call__(self, network: nx.Graph, backend: str = NETWORKX, /) -> Mapping[Any, float]:
        """The value of every node."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Described):
    """A measure that gives every node of a network a value; `function` defines it.

    `calls` names the networkx algorithms that the function calls by the backend it is given; without any, the values
    come from numpy and scipy whatever the backend.
    """

    function: NodeFunction
    best: Best = Best.HIGHEST
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMeasure(Described):
    """A measure of nodes for a given division of the nodes into groups.

    `function` takes the network and the group of each node by number, -1 for none, and returns a value for each node,
    NaN for nodes without a group where the measure needs one.
    """

    function: Callable[[Network, Indices], Floats]
