"""Estimates of betweenness stay within the bound they state."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from coopgraph.network.engines.choose import engine, evaluate
from coopgraph.network.engines.port import Choice
from coopgraph.network.measures.registry import measure
from coopgraph.network.network import Mode, Network
from tests.network.classic import florentine, karate, network, women


def weighted(seed: int, *, directed: bool = False) -> Network:
    graph = nx.gnp_random_graph(40, 0.08, seed=seed, directed=directed)
    generator = np.random.default_rng(seed)
    ties = [(f"{a:02}", f"{b:02}", 1 / generator.integers(1, 4)) for a, b in graph.edges()]
    return network(ties, mode=Mode.DIRECT if directed else Mode.ONE_MODE, alone=["alone"])


CASES = {
    "karate": (karate(), "betweenness"),
    "florentine": (florentine(), "betweenness"),
    "weighted": (weighted(1), "betweenness"),
    "directed": (weighted(2, directed=True), "betweenness"),
    "women": (women(), "two-mode-betweenness"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_bound_holds(case: str) -> None:
    made, name = CASES[case]
    exact = evaluate(measure(name), made, Choice(engine="networkx")).values
    failures = 0
    for seed in range(10):
        found = evaluate(measure(name), made, Choice(seed=seed, error=0.12, confidence=0.9))
        assert found.engine == "sampling"
        assert found.error <= 0.12
        assert found.confidence == 0.9
        failures += np.abs(found.values - exact).max() > found.error
    # At 10 % each, more than 4 failures of 10 would happen twice in a thousand times.
    assert failures <= 4


@pytest.mark.parametrize("case", CASES)
def test_estimates_come_down_on_the_exact_values(case: str) -> None:
    made, name = CASES[case]
    exact = evaluate(measure(name), made, Choice(engine="networkx")).values
    found = np.mean([evaluate(measure(name), made, Choice(seed=seed, error=0.09)).values for seed in range(5)], axis=0)
    np.testing.assert_allclose(found, exact, atol=0.03)


def test_the_same_seed_gives_the_same_values() -> None:
    runs = [evaluate(measure("betweenness"), weighted(1), Choice(seed=4, error=0.1)).values for _ in range(2)]
    assert (runs[0] == runs[1]).all()
    other = evaluate(measure("betweenness"), weighted(1), Choice(seed=5, error=0.1)).values
    assert (runs[0] != other).any()


def test_networks_without_anything_between() -> None:
    sampling = engine("sampling")
    for made in (network([]), network([("a", "b")]), network([], alone=["a", "b", "c"])):
        found = sampling.compute(measure("betweenness"), made, Choice())
        assert found.values.tolist() == [0.0] * made.n
        assert found.error == 0.0
