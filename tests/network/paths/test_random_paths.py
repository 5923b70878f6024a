"""Random shortest paths are shortest, and each is as likely as any other."""

from __future__ import annotations

from collections import Counter
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from coopgraph.network.paths.hops import Hops
from coopgraph.network.paths.measured import Measured


def searches(graph: nx.Graph, weight: str | None) -> list[Any]:
    ahead = sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=range(len(graph)), weight=weight, dtype=float))
    back = sparse.csr_array(ahead.T)
    return [Measured(ahead, back)] if weight else [Hops(ahead, back), Measured(ahead, back)]


def shortest(graph: nx.Graph, source: int, target: int, weight: str | None) -> set[frozenset[int]]:
    try:
        found = [frozenset(path[1:-1]) for path in nx.all_shortest_paths(graph, source, target, weight=weight)]
    except nx.NetworkXNoPath:
        return {frozenset()}
    return set(found)


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10_000),
    size=st.integers(2, 14),
    density=st.floats(0.05, 0.6),
    directed=st.booleans(),
    weighted=st.booleans(),
)
def test_what_is_found_is_a_shortest_path(seed: int, size: int, density: float, directed: bool, weighted: bool) -> None:
    graph = nx.gnp_random_graph(size, density, seed=seed, directed=directed)
    generator = np.random.default_rng(seed)
    for _, _, tie in graph.edges(data=True):
        tie["length"] = int(generator.integers(1, 5))
    weight = "length" if weighted else None
    for search in searches(graph, weight):
        for source in range(size):
            for target in range(size):
                if source != target:
                    found = search.between(source, target, generator)
                    assert len(found) == len(set(found))
                    assert frozenset(found) in shortest(graph, source, target, weight)


@pytest.mark.parametrize("weight", [None, "length"])
def test_every_shortest_path_is_as_likely_as_any_other(weight: str | None) -> None:
    # A grid has many shortest paths from corner to corner, and a naive walk back would prefer those along the edge.
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(4, 5), ordering="sorted")
    nx.set_edge_attributes(graph, 3, "length")
    ways = shortest(graph, 0, 19, weight)
    assert len(ways) == 35
    draws = 3500
    for search in searches(graph, weight):
        generator = np.random.default_rng(5)
        counts = Counter(frozenset(search.between(0, 19, generator)) for _ in range(draws))
        assert set(counts) == ways
        expected = draws / len(ways)
        # Chi square with 34 degrees of freedom exceeds 65.2 once in a thousand times.
        assert sum((count - expected) ** 2 / expected for count in counts.values()) < 65.2


def test_a_search_leaves_no_marks() -> None:
    graph = nx.path_graph(6)
    for search in searches(graph, None):
        generator = np.random.default_rng(1)
        assert sorted(search.between(0, 5, generator)) == [1, 2, 3, 4]
        assert sorted(search.between(1, 3, generator)) == [2]
        assert search.between(2, 3, generator) == []
        assert sorted(search.between(5, 0, generator)) == [1, 2, 3, 4]
