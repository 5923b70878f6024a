"""What an engine is: something that computes some of the measures, under the normalisation that the measure states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """One value for each node, in order; with probability `confidence` none is off by more than `error`.

    An exact engine states the error 0 and the confidence 1; rounding of floating point numbers is not counted.
    """

    values: Floats
    engine: str
    error: float = 0.0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """By what to compute: an engine by name (None: chosen by size), a networkx backend by name, and a seed.

    `error` asks for an approximation where there is one: no value may be off by more, with probability `confidence`.
    Without it values are exact as long as that is affordable, and approximated beyond.
    """

    engine: str | None = None
    backend: str | None = None
    seed: int = 0
    error: float | None = None
    confidence: float = 0.99


class Engine(Protocol):
    """Computes measures; a contract suite holds every engine against the reference."""

    @property
    def name(self) -> str:
        """The engine's name, as reports and commands give it."""

    def offers(self, measure: Measure, network: Network) -> bool:
        """Whether this engine computes this measure for a network of this mode."""

    def compute(self, measure: Measure, network: Network, choice: Choice) -> Values:
        """The values of the measure for every node of the network."""
