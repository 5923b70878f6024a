"""The same tasks by other libraries, called as their documentation calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from coopgraph.network.measures.pagerank import DAMPING, TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _ties(file: Path) -> tuple[int, Any, Any, Any]:
    with np.load(file) as held:
        return int(held["n"]), held["source"], held["target"], held["strength"]


def as_networkx(file: Path) -> nx.Graph:
    """A plain networkx graph with `strength`."""
    n, source, target, strength = _ties(file)
    graph = nx.Graph()
    graph.add_nodes_from(range(n))
    rows = zip(source.tolist(), target.tolist(), strength.tolist(), strict=True)
    graph.add_weighted_edges_from(rows, weight="strength")
    return graph


def _networkx_pagerank(graph: nx.Graph) -> dict[str, Any]:
    nx.pagerank(graph, alpha=DAMPING, weight="strength", tol=TOLERANCE, max_iter=1000)
    return {}


def _networkx_core(graph: nx.Graph) -> dict[str, Any]:
    return {"largest": max(nx.core_number(graph).values())}


def _networkx_communities(graph: nx.Graph) -> dict[str, Any]:
    found = nx.community.louvain_communities(graph, weight="strength", seed=0)
    return {"modularity": nx.community.modularity(graph, found, weight="strength"), "communities": len(found)}


NETWORKX: dict[str, Callable[[Any], dict[str, Any]]] = {
    "pagerank": _networkx_pagerank,
    "core": _networkx_core,
    "communities": _networkx_communities,
}


def as_igraph(file: Path) -> Any:
    """An igraph graph with `strength`."""
    import igraph

    n, source, target, strength = _ties(file)
    graph = igraph.Graph(n=n, edges=np.column_stack([source, target]))
    graph.es["strength"] = strength.tolist()
    return graph


def _igraph_pagerank(graph: Any) -> dict[str, Any]:
    graph.pagerank(damping=DAMPING, weights="strength")
    return {}


def _igraph_core(graph: Any) -> dict[str, Any]:
    return {"largest": max(graph.coreness())}


def _igraph_communities(graph: Any) -> dict[str, Any]:
    found = graph.community_leiden(objective_function="modularity", weights="strength", n_iterations=5)
    return {"modularity": graph.modularity(found, weights="strength"), "communities": len(found)}


IGRAPH: dict[str, Callable[[Any], dict[str, Any]]] = {
    "pagerank": _igraph_pagerank,
    "core": _igraph_core,
    "communities": _igraph_communities,
}


def as_rustworkx(file: Path) -> Any:
    """A rustworkx graph whose ties carry their strength."""
    import rustworkx

    n, source, target, strength = _ties(file)
    rows = list(zip(source.tolist(), target.tolist(), strength.tolist(), strict=True))
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n))
    graph.add_edges_from(rows)
    return graph


def _rustworkx_pagerank(graph: Any) -> dict[str, Any]:
    import rustworkx

    rustworkx.pagerank(graph.to_directed(), alpha=DAMPING, weight_fn=float, tol=TOLERANCE, max_iter=1000)
    return {}


def _rustworkx_core(graph: Any) -> dict[str, Any]:
    import rustworkx

    return {"largest": max(rustworkx.core_number(graph).values())}


RUSTWORKX: dict[str, Callable[[Any], dict[str, Any]]] = {"pagerank": _rustworkx_pagerank, "core": _rustworkx_core}
