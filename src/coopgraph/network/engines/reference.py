"""The reference engine: networkx, or a networkx backend that the caller names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import networkx as nx
import numpy as np

from coopgraph.errors import CoopgraphError
from coopgraph.network.engines.port import Choice, Values
from coopgraph.network.engines.prepared import prepared
from coopgraph.network.measures.declared import as_graph
from coopgraph.network.measures.measure import NETWORKX

if TYPE_CHECKING:
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network

NAME: Final = NETWORKX


class Reference:
    """Computes every measure by the function that defines it."""

    name = NAME

    def offers(self, measure: Measure, network: Network) -> bool:
        """Whether the measure is defined for networks of this mode: the reference is complete."""
        return measure.applies(network.mode)

    def compute(self, measure: Measure, network: Network, choice: Choice) -> Values:
        """The measure's own function on a graph that carries what the measure declares, by the backend of the choice.

        What the backend does not offer, networkx computes itself; the engine of the values says who did.

        Raises:
            CoopgraphError: "request" if the backend of the choice is not installed.
        """
        if choice.backend is not None:
            _require(choice.backend)
        graph = prepared(network, NAME, lambda shown: as_graph(shown, measure.uses))
        backend = NETWORKX
        if choice.backend is not None and measure.calls:
            backend = choice.backend
        try:
            found = measure.function(graph, backend)
        except NotImplementedError:
            if backend == NETWORKX:
                raise
            backend = NETWORKX
            found = measure.function(graph, backend)
        values = np.array([found[index] for index in range(network.n)], dtype=np.float64)
        return Values(values, NAME if backend == NETWORKX else f"{NAME}/{backend}")


def installed() -> tuple[str, ...]:
    """The names of the networkx backends that can be chosen, networkx's own implementation among them."""
    return (NETWORKX, *sorted(name for name in nx.config.backends if name != NETWORKX))


def _require(backend: str) -> None:
    if backend not in installed():
        raise CoopgraphError(
            "request",
            f"There is no networkx backend {backend!r} here.",
            remedy=f"Installed: {', '.join(installed())}.",
        )
