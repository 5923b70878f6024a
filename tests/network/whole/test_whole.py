"""Measures of whole networks: published values, values by hand, networkx as a second opinion, and what must hold."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.network import blocks
from coopgraph.network.measures.declared import as_graph
from coopgraph.network.measures.measure import Uses
from coopgraph.network.network import Mode
from coopgraph.network.whole import sweep
from coopgraph.network.whole.registry import WHOLE, WHOLE_GROUP, for_mode
from coopgraph.network.whole.triangles import triangles
from tests.network.classic import (
    circle,
    complete,
    florentine,
    groups,
    karate,
    line,
    network,
    networks,
    star,
    women,
)

if TYPE_CHECKING:
    from coopgraph.network.arrays import Indices
    from coopgraph.network.network import Network
    from coopgraph.network.whole.measure import Figure

BY_NAME = {item.name: item for item in WHOLE}
GROUPED = {item.name: item for item in WHOLE_GROUP}
FEW = settings(max_examples=60)
ANY = st.one_of(*(networks(mode) for mode in Mode))


def figure(name: str, made: Network) -> Figure:
    return BY_NAME[name].figure(made)


def value(name: str, made: Network) -> float:
    found = figure(name, made).value
    assert found is not None, name
    return found


def of_groups(name: str, made: Network, division: Indices) -> float | None:
    return GROUPED[name].figure(made, division).value


def test_freemans_star_circle_and_line() -> None:
    # L. C. Freeman, Centrality in social networks (1978/79), figure 5: the networks of five points.
    names = ("degree-centralisation", "betweenness-centralisation", "closeness-centralisation")
    assert [value(name, star(5)) for name in names] == pytest.approx([1, 1, 1])
    assert [value(name, circle(5)) for name in names] == pytest.approx([0, 0, 0])
    assert [value(name, complete(5)) for name in names] == pytest.approx([0, 0, 0])
    assert [value(name, line(5)) for name in names] == pytest.approx([0.167, 0.417, 0.422], abs=5e-4)


@pytest.mark.parametrize("n", [3, 4, 9])
def test_a_star_is_as_centralised_as_can_be(n: int) -> None:
    for name in ("degree", "closeness", "betweenness"):
        assert value(f"{name}-centralisation", star(n)) == pytest.approx(1)
    towards = network([(str(leaf), "centre") for leaf in range(n - 1)], mode=Mode.DIRECT)
    assert value("in-degree-centralisation", towards) == pytest.approx(1)
    assert value("out-degree-centralisation", towards) == pytest.approx(1 / (n - 1) ** 2)
    both = network([pair for leaf in range(n - 1) for pair in ((f"l{leaf}", "c"), ("c", f"l{leaf}"))], mode=Mode.DIRECT)
    assert value("betweenness-centralisation", both) == pytest.approx(1)


def test_the_florentine_families() -> None:
    made = florentine()
    assert value("nodes", made) == 15
    assert value("ties", made) == 20
    assert value("density", made) == pytest.approx(20 / 105)
    assert value("components", made) == 1
    # The 38 open and 3 closed triads of the triad census: 9 / (9 + 38), as igraph gives for R's data set `flo`.
    assert value("transitivity", made) == pytest.approx(0.1914894, abs=1e-7)
    # igraph's mean, 0.2181818, is over the 11 families of two marriages or more.
    assert value("average-clustering", made) == pytest.approx(0.2181818 * 11 / 15, abs=1e-6)
    assert figure("average-clustering", made).note.startswith("4 of 15 nodes")


def test_the_karate_club() -> None:
    made = karate()
    # M. E. J. Newman, Networks (2010), and the manuals of igraph and networkx.
    assert value("density", made) == pytest.approx(0.139, abs=5e-4)
    assert value("transitivity", made) == pytest.approx(0.2557, abs=5e-5)
    assert value("average-clustering", made) == pytest.approx(0.5706, abs=5e-5)
    assert value("degree-assortativity", made) == pytest.approx(-0.4756, abs=5e-5)
    assert value("average-path", made) == pytest.approx(2.4082, abs=5e-5)
    assert value("diameter", made) == 5


def test_modularity_of_the_karate_club() -> None:
    # The club as it split in the end, as networkx records it, against networkx's own function.
    plain = nx.karate_club_graph()
    clubs = {str(node): int(club != "Mr. Hi") for node, club in plain.nodes(data="club")}
    made = karate()
    found = of_groups("modularity", made, groups(made, clubs))
    sides = [{node for node in plain if clubs[str(node)] == side} for side in (0, 1)]
    assert found == pytest.approx(nx.community.modularity(plain, sides, weight=None))
    together = of_groups("modularity", made, groups(made, dict.fromkeys(clubs, 0)))
    assert together == pytest.approx(0)


def test_modularity_by_hand() -> None:
    # Two pairs, each its own group: all strength inside, half of it in each: 1 - 2 * (1/2)^2.
    pairs = network([("a", "b", 2), ("c", "d", 2)])
    assert of_groups("modularity", pairs, groups(pairs, {"a": 0, "b": 0, "c": 1, "d": 1})) == pytest.approx(0.5)
    # The strong pair weighs 3/4: 1 - 9/16 - 1/16.
    uneven = network([("a", "b", 3), ("c", "d", 1)])
    assert of_groups("modularity", uneven, groups(uneven, {"a": 0, "b": 0, "c": 1, "d": 1})) == pytest.approx(6 / 16)
    assert of_groups("modularity", uneven, groups(uneven, {"a": 0, "c": 0})) is None


def test_the_southern_women_folded() -> None:
    # 139 of the 153 pairs of women met at some event.
    assert value("ties", women(Mode.ONE_MODE)) == 139
    assert value("density", women(Mode.ONE_MODE)) == pytest.approx(139 / 153)
    assert value("density", women()) == pytest.approx(89 / (18 * 14))


def test_mixing_by_group() -> None:
    # M. E. J. Newman, Mixing patterns (2003), equation 2: with groups apart it is 1, with chance 0.
    made = network([("a", "b"), ("c", "d")])
    apart = groups(made, {"a": 0, "b": 0, "c": 1, "d": 1})
    assert of_groups("group-assortativity", made, apart) == 1
    across = groups(made, {"a": 0, "b": 1, "c": 0, "d": 1})
    assert of_groups("group-assortativity", made, across) == -1
    assert of_groups("group-assortativity", made, groups(made, {"a": 0, "b": 0})) is None
    some = GROUPED["group-assortativity"].figure(
        network([("a", "b"), ("c", "d"), ("e", "a")]), np.array([0, 0, 1, 1, -1], dtype=np.int32)
    )
    assert some.value == 1
    assert some.note == "left out for want of a group: 1 of 3 ties"


def test_pieces() -> None:
    made = network([("a", "b"), ("b", "a"), ("b", "c"), ("d", "e")], mode=Mode.DIRECT, alone=["f"])
    assert value("components", made) == 3
    assert value("strong-components", made) == 5
    assert value("largest-component", made) == 3 / 6
    assert figure("largest-component", made).note == "3 of 6 nodes"
    assert value("isolates", made) == 1
    assert value("reciprocity", made) == 2 / 4
    assert value("average-path", made) == 1
    assert figure("average-path", made).note == "in the largest strong component, 2 of 6 nodes"


def test_ties_without_a_way_back_are_not_said_to_be_none() -> None:
    made = network([("a", "b"), ("b", "c")], mode=Mode.DIRECT)
    for name in ("average-path", "diameter"):
        assert figure(name, made).note == "no two nodes reach each other along the ties"
    assert figure("diameter", network([], alone=["a", "b"])).note == "no two nodes are tied"


def test_paths_stay_in_the_largest_component() -> None:
    made = network([("a", "b"), ("b", "c"), ("x", "y")])
    assert value("average-path", made) == pytest.approx(4 / 3)
    assert value("diameter", made) == 2
    assert figure("diameter", made).note == "in the largest component, 3 of 5 nodes"
    assert figure("closeness-centralisation", made).value is None
    assert "in one piece" in figure("closeness-centralisation", made).note


def test_large_networks_are_sampled_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    exact, longest = value("average-path", karate()), value("diameter", karate())
    monkeypatch.setattr(sweep, "_BUDGET", 20 * (34 + 2 * 78))
    sampled = figure("average-path", karate())
    assert sampled.value == pytest.approx(exact, abs=0.3)
    assert "estimated from 20 nodes drawn with seed 0; standard error 0." in sampled.note
    assert sampled == figure("average-path", karate())
    bound = figure("diameter", karate())
    assert bound.value is None
    assert bound.note == f"too large to follow all paths; at least {longest:.0f}, seen from 20 nodes drawn with seed 0"
    assert figure("closeness-centralisation", karate()).note == "too large to follow all paths"


@FEW
@given(ANY)
def test_every_figure_is_finite_or_has_a_reason(made: Network) -> None:
    for item in for_mode(made.mode):
        found = item.figure(made)
        assert isfinite(found.value) if found.value is not None else found.note, item.name
        if "from 0 to 1" in item.normalisation and found.value is not None:
            assert -1e-12 <= found.value <= 1 + 1e-12, item.name
    everyone = np.arange(made.n, dtype=np.int32) // 3
    for grouped in WHOLE_GROUP:
        for division in (everyone, np.full(made.n, -1, dtype=np.int32)):
            found = grouped.figure(made, division)
            assert isfinite(found.value) if found.value is not None else found.note, grouped.name


@FEW
@given(st.one_of(networks(Mode.ONE_MODE), networks(Mode.DIRECT)))
def test_networkx_agrees(made: Network) -> None:
    graph = as_graph(made, Uses.NOTHING)
    if made.n:
        plain = graph.to_undirected()
        assert value("average-clustering", made) == pytest.approx(nx.average_clustering(plain))
        assert (figure("transitivity", made).value or 0.0) == pytest.approx(nx.transitivity(plain))
        assert value("components", made) == nx.number_connected_components(plain)
        assert value("isolates", made) == nx.number_of_isolates(graph)
    if made.directed and made.m:
        assert value("strong-components", made) == nx.number_strongly_connected_components(graph)
        assert value("reciprocity", made) == pytest.approx(nx.overall_reciprocity(graph))
    found = figure("degree-assortativity", made).value
    if found is not None:
        assert found == pytest.approx(nx.degree_assortativity_coefficient(graph))
    average = figure("average-path", made).value
    if average is not None:
        pieces = nx.strongly_connected_components(graph) if made.directed else nx.connected_components(graph)
        size = max(map(len, pieces), default=0)
        pieces = nx.strongly_connected_components(graph) if made.directed else nx.connected_components(graph)
        candidates = [graph.subgraph(piece) for piece in pieces if len(piece) == size]
        # Of several as large, the one with the first node.
        first = min(candidates, key=min)
        assert average == pytest.approx(nx.average_shortest_path_length(first))
        assert value("diameter", made) == nx.diameter(first)
    division = np.arange(made.n, dtype=np.int32) % 3
    mixing = of_groups("group-assortativity", made, division)
    nx.set_node_attributes(graph, dict(enumerate(division.tolist())), "group")
    if mixing is not None:
        assert mixing == pytest.approx(nx.attribute_assortativity_coefficient(graph, "group"))


@FEW
@given(networks(Mode.ONE_MODE, largest=16))
def test_triangles_are_counted_in_blocks_as_in_one(made: Network) -> None:
    whole = triangles(made.adjacency())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_HELD", 3)
        assert triangles(made.adjacency()).tolist() == whole.tolist()
    assert whole.tolist() == list(nx.triangles(as_graph(made, Uses.NOTHING)).values())


def test_a_measure_for_other_networks_says_so() -> None:
    found = figure("reciprocity", star(3))
    assert found.value is None
    assert found.note == "not defined for a network of mode one-mode"
