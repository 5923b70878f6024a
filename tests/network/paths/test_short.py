"""Without the ties that are left out, every distance and every shortest path is the same."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from coopgraph.network.engines.choose import evaluate
from coopgraph.network.engines.port import Choice
from coopgraph.network.measures.registry import measure
from coopgraph.network.network import Mode
from coopgraph.network.paths import short as module
from coopgraph.network.paths.short import short
from tests.bench.networks.invented import invented


def matrix(graph: nx.Graph) -> sparse.csr_array:
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=range(len(graph)), weight="length", dtype=float))


@given(
    seed=st.integers(0, 10_000), size=st.integers(2, 14), density=st.floats(0.1, 1.0), directed=st.booleans(),
)  # fmt: skip
def test_distances_and_paths_stay(seed: int, size: int, density: float, directed: bool) -> None:
    graph = nx.gnp_random_graph(size, density, seed=seed, directed=directed)
    generator = np.random.default_rng(seed)
    for _, _, tie in graph.edges(data=True):
        tie["length"] = float(generator.integers(1, 6))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MANY", 0)
        left = short(matrix(graph), directed=directed)
    kind = nx.DiGraph if directed else nx.Graph
    fewer = nx.from_scipy_sparse_array(left, create_using=kind, edge_attribute="length")
    assert set(fewer.edges()) <= set(graph.edges())
    for source in graph:
        for target in graph:
            assert ways(fewer, source, target) == ways(graph, source, target)


def ways(graph: nx.Graph, source: int, target: int) -> set[tuple[int, ...]]:
    try:
        return {tuple(path) for path in nx.all_shortest_paths(graph, source, target, weight="length")}
    except nx.NetworkXNoPath:
        return set()


def test_a_tie_with_a_shorter_way_around_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MANY", 0)
    graph = nx.Graph()
    graph.add_edge(0, 1, length=1.0)
    graph.add_edge(1, 2, length=1.0)
    graph.add_edge(0, 2, length=3.0)
    graph.add_edge(2, 3, length=9.0)
    left = short(matrix(graph), directed=False)
    assert sorted(zip(*left.nonzero(), strict=True)) == [(0, 1), (1, 0), (1, 2), (2, 1), (2, 3), (3, 2)]
    graph[0][2]["length"] = 2.0
    assert short(matrix(graph), directed=False).nnz == 8


@pytest.mark.parametrize("mode", [Mode.ONE_MODE, Mode.DIRECT])
@pytest.mark.parametrize("name", ["betweenness", "closeness", "harmonic"])
def test_measures_by_distance_stay(name: str, mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    made = invented(600, mode=mode)
    exact = evaluate(measure(name), made, Choice(engine="networkx")).values
    monkeypatch.setattr(module, "_MANY", 0)
    np.testing.assert_allclose(evaluate(measure(name), made, Choice(engine="networkit")).values, exact, atol=1e-12)
