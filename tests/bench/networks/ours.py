"""Our tasks: what a report asks for, engines chosen as always, making their matrices and graphs included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from coopgraph.network.communities import consensus
from coopgraph.network.engines.choose import evaluate
from coopgraph.network.engines.port import Choice
from coopgraph.network.measures.registry import measure
from tests.bench.networks.invented import made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coopgraph.network.network import Network


def read(file: Path) -> Network:
    """The network of a file of arrays."""
    with np.load(file) as held:
        return made(int(held["n"]), held["source"], held["target"], held["strength"])


def _evaluated(name: str, **choice: Any) -> Callable[[Network], dict[str, Any]]:
    def task(network: Network) -> dict[str, Any]:
        found = evaluate(measure(name), network, Choice(**choice))
        return {"engine": found.engine, "error": found.error, "confidence": found.confidence}

    return task


def _communities(network: Network) -> dict[str, Any]:
    found = consensus(network, seeds=1)
    return {"modularity": found.modularity, "communities": len(found)}


def _consensus(network: Network) -> dict[str, Any]:
    found = consensus(network, seeds=5)
    return {"modularity": found.modularity, "communities": len(found), "agreement": found.agreement}


def _hops(network: Network) -> dict[str, Any]:
    equal = made(network.n, network.source, network.target, np.ones(network.m))
    return _evaluated("betweenness", error=0.01)(equal)


TASKS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "pagerank": _evaluated("pagerank"),
    "core": _evaluated("core"),
    "communities": _communities,
    "consensus of 5 seeds": _consensus,
    "betweenness within 0.01, equal ties": _hops,
    "betweenness within 0.02, by distance": _evaluated("betweenness", error=0.02),
    "eigenvector": _evaluated("eigenvector"),
    "clustering": _evaluated("clustering"),
    "constraint": _evaluated("constraint"),
}
