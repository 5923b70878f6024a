"""What every measure states about itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import networkx as nx

    from coopgraph.network.network import Mode


class Uses(StrEnum):
    """The attribute of ties that a measure reads."""

    NOTHING = "nothing"
    STRENGTH = "strength"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A centrality measure for networks of one mode; `function` gives every node its value."""

    name: str
    label: str
    mode: Mode
    uses: Uses
    function: Callable[[nx.Graph], Mapping[Any, float]]
    meaning: str
    formula: str
    normalisation: str
    source: str
    doi: str = ""
