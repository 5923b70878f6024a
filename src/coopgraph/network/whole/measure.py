"""What every measure of a whole network states about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network.measures.declared import shown
from coopgraph.network.measures.measure import Described

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.network.arrays import Indices
    from coopgraph.network.network import Network


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with a note on how it was come by; or no value, and the note says why."""

    value: float | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeMeasure(Described):
    """A measure of a network as a whole."""

    compute: Callable[[Network], Figure]

    def figure(self, network: Network) -> Figure:
        """The value with its note, or the reason why there is none.

        The network's columns of ties are in reach only as far as the measure declares them.
        """
        if not self.applies(network.mode):
            return Figure(None, f"not defined for a network of mode {network.mode.value}")
        return self.compute(shown(network, self.uses))


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeGroupMeasure(Described):
    """A measure of a network as a whole for a given division of its nodes into groups, -1 for those in none."""

    compute: Callable[[Network, Indices], Figure]

    def figure(self, network: Network, groups: Indices) -> Figure:
        """The value with its note, or the reason why there is none."""
        if not self.applies(network.mode):
            return Figure(None, f"not defined for a network of mode {network.mode.value}")
        return self.compute(shown(network, self.uses), groups)
