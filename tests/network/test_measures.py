"""Measures against values from the literature, closed forms and properties that must hold on any network."""

from __future__ import annotations

import random
from math import comb
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network.measures import MEASURES, Uses, for_mode
from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

BY_NAME = {measure.name: measure for measure in MEASURES}


def one_mode(plain: nx.Graph, strengths: Mapping[tuple[str, str], float] | None = None) -> nx.Graph:
    network = nx.Graph()
    network.add_nodes_from(plain)
    for pair in plain.edges():
        strength = float((strengths or {}).get(pair, 1.0))
        network.add_edge(*pair, strength=strength, distance=1 / strength)
    return network


def values(name: str, network: nx.Graph) -> dict[Any, float]:
    return BY_NAME[name].function(network)


def southern_women() -> nx.Graph:
    network = nx.davis_southern_women_graph()
    for node, side in list(network.nodes(data="bipartite")):
        network.nodes[node]["kind"] = "event" if side else "actor"
    return network


# Florentine families (Padgett), betweenness as in Wasserman & Faust 1994: raw values over 91 pairs.
@pytest.mark.parametrize(
    ("family", "raw"),
    [("Medici", 47.5), ("Guadagni", 23.166667), ("Albizzi", 19.333333), ("Salviati", 13.0), ("Pazzi", 0.0)],
)
def test_betweenness_of_the_florentine_families(family: str, raw: float) -> None:
    found = values("betweenness", one_mode(nx.florentine_families_graph()))
    assert found[family] == pytest.approx(raw / comb(14, 2), abs=1e-6)


def test_degree_of_the_florentine_families() -> None:
    assert values("degree", one_mode(nx.florentine_families_graph()))["Medici"] == pytest.approx(6 / 14)


def test_betweenness_of_the_karate_club() -> None:
    # Zachary 1977: the instructor (0) and the administrator (33) lead; raw values 231.07 and 160.55 over 528 pairs.
    found = values("betweenness", one_mode(nx.Graph(nx.karate_club_graph().edges())))
    assert found[0] == pytest.approx(0.437635, abs=1e-6)
    assert found[33] == pytest.approx(0.304075, abs=1e-6)


# Davis' Southern Women as analysed by Borgatti & Halgin 2011, who give two decimals.
@pytest.mark.parametrize(
    ("node", "degree", "betweenness"),
    [
        ("Evelyn Jefferson", 0.57, 0.10),
        ("Laura Mandeville", 0.50, 0.05),
        ("Theresa Anderson", 0.57, 0.09),
        ("Nora Fayette", 0.57, 0.11),
        ("Flora Price", 0.14, 0.01),
        ("E8", 0.78, 0.24),
        ("E9", 0.67, 0.23),
        ("E1", 0.17, 0.00),
    ],
)
def test_two_mode_values_of_the_southern_women(node: str, degree: float, betweenness: float) -> None:
    network = southern_women()
    assert values("two-mode-degree", network)[node] == pytest.approx(degree, abs=0.005)
    assert values("two-mode-betweenness", network)[node] == pytest.approx(betweenness, abs=0.005)


@pytest.mark.parametrize("n", [3, 5, 8])
def test_star(n: int) -> None:
    star = one_mode(nx.star_graph(n - 1))
    assert values("degree", star)[0] == 1
    assert values("degree", star)[1] == pytest.approx(1 / (n - 1))
    assert values("betweenness", star)[0] == pytest.approx(1)
    assert values("betweenness", star)[1] == 0
    assert values("strength", star)[0] == n - 1
    # Solving x0 = (1 - d)/n + d (n - 1) x1 and x1 = (1 - d)/n + d x0/(n - 1).
    centre = (0.15 / n) * (1 + 0.85 * (n - 1)) / (1 - 0.85**2)
    assert values("pagerank", star)[0] == pytest.approx(centre, abs=1e-9)


@pytest.mark.parametrize("n", [4, 7])
def test_path(n: int) -> None:
    found = values("betweenness", one_mode(nx.path_graph(n)))
    for place in range(n):
        assert found[place] == pytest.approx(place * (n - 1 - place) / comb(n - 1, 2))


@pytest.mark.parametrize("n", [3, 6])
def test_complete(n: int) -> None:
    network = one_mode(nx.complete_graph(n))
    assert set(values("degree", network).values()) == {1.0}
    assert set(values("betweenness", network).values()) == {0.0}
    assert values("pagerank", network)[0] == pytest.approx(1 / n)


@pytest.mark.parametrize("actors", [1, 2, 5])
def test_one_event_with_everybody(actors: int) -> None:
    network = nx.Graph()
    network.add_node("e", bipartite=1)
    for actor in range(actors):
        network.add_node(f"a{actor}", bipartite=0)
        network.add_edge(f"a{actor}", "e")
    assert values("two-mode-degree", network)["e"] == 1
    assert values("two-mode-degree", network)["a0"] == 1
    assert values("two-mode-betweenness", network)["e"] == (0 if actors == 1 else 1)
    assert values("two-mode-betweenness", network)["a0"] == 0


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_tiny_networks_do_not_break_a_measure(measure: object) -> None:
    function = BY_NAME[measure.name].function  # type: ignore[attr-defined]
    assert function(nx.Graph()) == {}
    alone = nx.Graph()
    alone.add_node("a", bipartite=0)
    assert set(function(alone)) == {"a"}
    assert function(alone)["a"] in {0.0, 1.0}


def test_strength_is_never_read_as_distance() -> None:
    # Two ways from a to d: through b by strong ties, through c by weak ones. Whoever takes strength for a length sends
    # everyone through c.
    plain = nx.Graph([("a", "b"), ("b", "d"), ("a", "c"), ("c", "d")])
    strengths = {("a", "b"): 5.0, ("b", "d"): 5.0, ("a", "c"): 0.2, ("c", "d"): 0.2}
    network = one_mode(plain, strengths)
    right = values("betweenness", network)
    wrong = nx.betweenness_centrality(network, weight="strength")
    assert right["b"] > 0
    assert right["c"] == 0
    assert wrong["c"] > 0
    assert wrong["b"] == 0
    assert values("strength", network)["b"] == 10
    assert values("pagerank", network)["b"] > values("pagerank", network)["c"]


def test_equal_lengths_are_equal_however_they_add_up() -> None:
    network = nx.Graph()
    for first, second, distance in (("s", "a", 0.1), ("a", "t", 0.2), ("s", "c", 0.15), ("c", "t", 0.15)):
        network.add_edge(first, second, strength=1 / distance, distance=distance)
    # Two ways of length 0.3, which floating point takes for unequal ones.
    assert 0.1 + 0.2 > 0.15 + 0.15
    assert nx.betweenness_centrality(network, weight="distance")["a"] == 0
    found = values("betweenness", network)
    assert found["a"] == found["c"] == pytest.approx(0.5 / comb(3, 2))


def test_a_measure_declares_what_it_reads() -> None:
    assert BY_NAME["betweenness"].uses is Uses.DISTANCE
    assert {measure.name for measure in MEASURES if measure.uses is Uses.STRENGTH} == {"strength", "pagerank"}
    for measure in MEASURES:
        assert measure.formula
        assert measure.normalisation
        assert measure.source
        assert measure.function.__doc__
        assert "Formula" in measure.function.__doc__


def test_two_mode_networks_get_two_mode_measures_only() -> None:
    assert {measure.mode for measure in for_mode(Mode.TWO_MODE)} == {Mode.TWO_MODE}
    assert len(for_mode(Mode.ONE_MODE)) == len(MEASURES)


@st.composite
def networks(draw: st.DrawFn) -> nx.Graph:
    size = draw(st.integers(1, 9))
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda pair: pair[0] < pair[1])
    ties = draw(st.sets(pairs, max_size=20)) if size > 1 else set()
    network = nx.Graph()
    network.add_nodes_from((node, {"bipartite": node % 2}) for node in range(size))
    for pair in sorted(ties):
        strength = draw(st.integers(1, 12)) / draw(st.integers(1, 6))
        network.add_edge(*pair, strength=strength, distance=1 / strength)
    return network


@given(networks(), st.randoms(use_true_random=False))
def test_names_and_order_of_nodes_do_not_matter(network: nx.Graph, chance: random.Random) -> None:
    order = list(network)
    chance.shuffle(order)
    names = dict(zip(network, order, strict=True))
    relabelled = nx.Graph()
    relabelled.add_nodes_from((f"n{names[node]}", network.nodes[node]) for node in order)
    relabelled.add_edges_from((f"n{names[v]}", f"n{names[u]}", tie) for u, v, tie in network.edges(data=True))
    for name in ("degree", "strength", "betweenness", "pagerank"):
        before, after = values(name, network), values(name, relabelled)
        for node in network:
            assert after[f"n{names[node]}"] == pytest.approx(before[node], abs=1e-9), name


@given(networks())
def test_ranges(network: nx.Graph) -> None:
    assert sum(values("pagerank", network).values()) == pytest.approx(1)
    for name in ("degree", "betweenness"):
        assert all(0 <= value <= 1 + 1e-12 for value in values(name, network).values())


@given(networks(), st.integers(2, 9))
def test_the_unit_of_strength_moves_no_rank_of_pagerank_and_betweenness(network: nx.Graph, factor: int) -> None:
    scaled = nx.Graph(network)
    for _, _, tie in scaled.edges(data=True):
        tie["strength"] *= factor
        tie["distance"] /= factor
    for name in ("betweenness", "pagerank"):
        assert values(name, scaled) == pytest.approx(values(name, network), abs=1e-9)


def test_chance_is_left_alone() -> None:
    random.seed(5)
    np.random.seed(5)
    before = random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]
    for measure in MEASURES:
        network = southern_women()
        for _, _, tie in network.edges(data=True):
            tie.update(strength=1.0, distance=1.0)
        measure.function(network)
    after = random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]
    assert before == after
