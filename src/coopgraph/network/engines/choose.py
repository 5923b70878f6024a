"""Choose the engine for a measure and a network, and have it computed.

networkx is the reference and computes small networks. Above a size the first fast engine that offers the measure does.
igraph is licensed under the GPL and therefore never chosen: it computes only where it is installed and asked for.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.network.engines import reference
from coopgraph.network.engines.prepared import prepared
from coopgraph.network.engines.reference import Reference
from coopgraph.network.measures.declared import as_arrays

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.engines.port import Choice, Engine, Values
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network

# The library that each engine is made of, and the module that makes an engine of it. Only what is used is imported.
LIBRARIES: Final[Mapping[str, str]] = {
    reference.NAME: "networkx",
    "scipy": "scipy",
    "sampling": "scipy",
    "networkit": "networkit",
    "igraph": "igraph",
}
_FAST: Final = ("scipy", "networkit")
# Nodes and ties together up to which the reference computes: there it answers in a few hundredths of a second.
SMALL: Final = 2000


def evaluate(measure: Measure, network: Network, choice: Choice) -> Values:
    """The values of the measure, by the engine of the choice if it offers the measure, else by one chosen by size.

    It sees what the measure declares to read. The values say which engine computed them.

    Raises:
        CoopgraphError: if the engine of the choice is unknown or not installed.
    """
    chosen = _chosen(measure, network, choice)
    shown = prepared(network, f"showing {measure.uses}", lambda whole: as_arrays(whole, measure.uses))
    return chosen.compute(measure, shown, choice)


def installed() -> tuple[str, ...]:
    """The names of the engines whose library is installed."""
    return tuple(name for name, library in LIBRARIES.items() if find_spec(library) is not None)


def engine(name: str) -> Engine:
    """The engine of this name.

    Raises:
        CoopgraphError: if there is no such engine, or if its library is not installed.
    """
    if name == reference.NAME:
        return Reference()
    here = installed()
    if name not in here:
        known = name in LIBRARIES
        raise CoopgraphError(
            "request",
            f"The engine {name} is not installed." if known else f"There is no engine {name!r}.",
            remedy=f"Installed: {', '.join(here)}."
            + (f" The extra coopgraph[{name}] brings it." if name == "igraph" else ""),
        )
    made: Engine = import_module(f"coopgraph.network.engines.{name}_").ENGINE
    return made


def _chosen(measure: Measure, network: Network, choice: Choice) -> Engine:
    if choice.engine is not None:
        named = engine(choice.engine)
        if named.offers(measure, network):
            return named
    if choice.backend is None and network.n + network.m > SMALL:
        for name in _FAST:
            fast = engine(name)
            if fast.offers(measure, network):
                return fast
    return Reference()
