"""The reference engine: networkx, or a networkx backend that the caller names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import networkx as nx
import numpy as np

from coopgraph.errors import CoopgraphError
from coopgraph.network.engines.port import Choice, Values
from coopgraph.network.engines.prepared import prepared
from coopgraph.network.measures.declared import as_graph
from coopgraph.network.measures.measure import NETWORKX

if TYPE_CHECKING:
    from collections.abc import Mapping

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
            CoopgraphError: "request" if the backend of the choice is not installed, "internal" if it fails.
        """
        if choice.backend is not None:
            _require(choice.backend)
        graph = prepared(network, f"{NAME} showing {measure.uses}", lambda shown: as_graph(shown, measure.uses))
        backend = choice.backend if choice.backend is not None and measure.calls else NETWORKX
        found = _computed(measure, graph, backend)
        if found is None:
            backend = NETWORKX
            found = measure.function(graph, NETWORKX)
        values = np.array([found[index] for index in range(network.n)], dtype=np.float64)
        return Values(values, NAME if backend == NETWORKX else f"{NAME}/{backend}")


def _computed(measure: Measure, graph: nx.Graph, backend: str) -> Mapping[Any, float] | None:
    """What the backend makes of it; None if it does not offer the algorithm, or not for such graphs."""
    if backend == NETWORKX:
        return measure.function(graph, NETWORKX)
    try:
        return measure.function(graph, backend)
    except NotImplementedError:
        return None
    except Exception as error:
        # Whatever is installed on this machine may fail in whatever way.
        raise CoopgraphError(
            "internal",
            f"The networkx backend {backend} could not compute {measure.name}: {type(error).__name__}: {error}",
            remedy="Choose another backend, or none.",
        ) from error


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
