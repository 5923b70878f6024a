"""Choose the engine for a measure and a network, and have it computed.

networkx is the reference and computes small networks. Above a size the first fast engine that offers the measure does;
betweenness is estimated where following every path would take too long, and what nobody can estimate is refused there.
igraph is licensed under the GPL and therefore never chosen: it computes only where it is installed and asked for.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from math import log2
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.network.engines import reference
from coopgraph.network.engines.reference import Reference
from coopgraph.network.measures.declared import shown

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
# Nodes and ties together up to which the reference computes: there it answers within a few hundredths of a second.
SMALL: Final = 2000
_SMALLER: Final[Mapping[str, int]] = {
    "betweenness": 1000,
    "closeness": 1000,
    "effective-size": 300,
    "harmonic": 1000,
    "two-mode-betweenness": 1000,
    "two-mode-closeness": 1000,
}
# Measures that follow the paths from every node.
_OF_ALL_PATHS: Final = frozenset({"betweenness", "closeness", "harmonic", "two-mode-betweenness", "two-mode-closeness"})
# The work up to which betweenness is exact (about ten seconds), and up to which what cannot be estimated is computed
# unless an engine is named (about two minutes).
EXACT: Final = 7 * 10**8
LARGEST: Final = 8 * 10**9
# An estimate takes thousands of searches; where there are fewer nodes, following the paths from each takes fewer.
_FEW: Final = 3000


def evaluate(measure: Measure, network: Network, choice: Choice) -> Values:
    """The values of the measure, by the engine of the choice if it offers the measure, else by one chosen by size.

    It sees what the measure declares to read. The values say which engine computed them, and how far they can be off.

    Raises:
        CoopgraphError: "request" if the engine of the choice is unknown or the error it asks for is none,
            "not-installed" if that engine is not there; "too-large" if nothing computes the measure in reasonable
            time and no engine is named.
    """
    if not 0 < choice.confidence < 1 or (choice.error is not None and not 0 < choice.error < 1):
        raise CoopgraphError("request", "An error and a confidence lie between 0 and 1.")
    chosen = _chosen(measure, network, choice)
    if chosen is None:
        raise CoopgraphError("too-large", too_large(measure, network, choice))
    return chosen.compute(measure, shown(network, measure.uses), choice)


def too_large(measure: Measure, network: Network, choice: Choice) -> str:
    """Why the measure is not computed for a network of this size unless an engine is named; empty if it is."""
    if _chosen(measure, network, choice) is not None:
        return ""
    return (
        f"{measure.label} follows the paths from each of {network.n:,} nodes along {network.m:,} ties, which takes "
        f"minutes to hours, and cannot be estimated within a bound. Name an engine to compute it all the same."
    )


def installed() -> tuple[str, ...]:
    """The names of the engines whose library is installed."""
    return tuple(name for name, library in LIBRARIES.items() if find_spec(library) is not None)


def engine(name: str) -> Engine:
    """The engine of this name.

    Raises:
        CoopgraphError: "request" if there is no such engine, "not-installed" if its library is not there.
    """
    if name == reference.NAME:
        return Reference()
    known = name in LIBRARIES
    if not known or find_spec(LIBRARIES[name]) is None:
        raise CoopgraphError(
            "not-installed" if known else "request",
            f"The engine {name} is not installed." if known else f"There is no engine {name!r}.",
            remedy=f"Installed: {', '.join(installed())}."
            + (f" The extra coopgraph[{name}] brings it." if name == "igraph" else ""),
        )
    made: Engine = import_module(f"coopgraph.network.engines.{name}_").ENGINE
    return made


def _chosen(measure: Measure, network: Network, choice: Choice) -> Engine | None:
    if choice.engine is not None:
        named = engine(choice.engine)
        if named.offers(measure, network):
            return named
    if choice.backend is not None:
        return Reference()
    paths = _work(network) if measure.name in _OF_ALL_PATHS else 0.0
    exact = LARGEST if network.n <= _FEW else EXACT
    if paths > exact or (paths and choice.error is not None):
        sampling = engine("sampling")
        if sampling.offers(measure, network):
            return sampling
    if network.n + network.m <= _SMALLER.get(measure.name, SMALL):
        return Reference()
    if paths > LARGEST:
        return None
    return next((fast for fast in map(engine, _FAST) if fast.offers(measure, network)), Reference())


def _work(network: Network) -> float:
    """Steps of following the shortest paths from every node, each some fourteen nanoseconds.

    From one node they look at every tie, and keep the nodes in the order of their distance, which is what sparse
    networks spend most on.
    """
    return network.n * (network.m + 1.5 * network.n * log2(max(2, network.n)))
