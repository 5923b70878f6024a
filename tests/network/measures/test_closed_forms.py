"""Measures against values that can be worked out by hand."""

from __future__ import annotations

from math import comb, sqrt

import pytest

from coopgraph.network.network import Mode
from tests.network.classic import circle, complete, line, network, star, values


@pytest.mark.parametrize("n", [3, 5, 8])
def test_star(n: int) -> None:
    made, leaves = star(n), n - 1
    assert values("degree", made)["0"] == 1
    assert values("degree", made)["1"] == pytest.approx(1 / leaves)
    assert values("betweenness", made)["0"] == pytest.approx(1)
    assert values("betweenness", made)["1"] == 0
    assert values("strength", made)["0"] == leaves
    assert values("harmonic", made)["0"] == 1
    assert values("harmonic", made)["1"] == pytest.approx((1 + (n - 2) / 2) / leaves)
    assert values("eigenvector", made)["0"] == pytest.approx(1 / sqrt(2))
    assert values("eigenvector", made)["1"] == pytest.approx(1 / sqrt(2 * leaves))
    assert values("core", made)["0"] == values("core", made)["1"] == 1
    assert values("constraint", made)["0"] == pytest.approx(1 / leaves)
    assert values("constraint", made)["1"] == pytest.approx(1)
    assert values("effective-size", made)["0"] == pytest.approx(leaves)
    # Solving x0 = (1 - d)/n + d (n - 1) x1 and x1 = (1 - d)/n + d x0/(n - 1).
    centre = (0.15 / n) * (1 + 0.85 * leaves) / (1 - 0.85**2)
    assert values("pagerank", made)["0"] == pytest.approx(centre, abs=1e-9)
    # Solving x0 = 1 + a (n - 1) x1 and x1 = 1 + a x0 with a = 0.9 / sqrt(n - 1), whose square times (n - 1) is 0.81.
    a = 0.9 / sqrt(leaves)
    x0, x1 = (1 + a * leaves) / 0.19, (1 + a) / 0.19
    assert values("katz", made)["0"] / values("katz", made)["1"] == pytest.approx(x0 / x1)


@pytest.mark.parametrize("n", [4, 7])
def test_line(n: int) -> None:
    found = list(values("betweenness", line(n)).values())
    assert found == pytest.approx([place * (n - 1 - place) / comb(n - 1, 2) for place in range(n)])


def test_eigenvector_of_a_line_of_three() -> None:
    assert list(values("eigenvector", line(3)).values()) == pytest.approx([1 / 2, 1 / sqrt(2), 1 / 2])


@pytest.mark.parametrize("n", [3, 6])
def test_complete(n: int) -> None:
    made = complete(n)
    everyone = {
        "degree": 1,
        "closeness": 1,
        "harmonic": 1,
        "betweenness": 0,
        "pagerank": 1 / n,
        "eigenvector": 1 / sqrt(n),
        "katz": 1 / sqrt(n),
        "core": n - 1,
        "clustering": 1,
        "weighted-clustering": 1,
        "effective-size": 1,
        # p = 1 / (n - 1) for every neighbour, and n - 2 ways round to it.
        "constraint": (n - 1) * (1 / (n - 1) * (1 + (n - 2) / (n - 1))) ** 2,
    }
    for name, value in everyone.items():
        assert list(values(name, made).values()) == pytest.approx([value] * n), name


def test_circles_have_no_triangles() -> None:
    assert set(values("clustering", circle(5)).values()) == {0.0}
    assert set(values("weighted-clustering", circle(5)).values()) == {0.0}
    assert set(values("effective-size", circle(5)).values()) == {2.0}
    assert set(values("core", circle(5)).values()) == {2.0}


def test_closeness_in_pieces() -> None:
    # Wasserman and Faust: a pair of five nodes is close within, and reaches 1 of 4 others; a triple reaches 2 of 4.
    found = values("closeness", network([("a", "b"), ("c", "d"), ("d", "e")]))
    assert found == pytest.approx({"a": 1 / 4, "b": 1 / 4, "c": 2 / 4 * 2 / 3, "d": 2 / 4, "e": 2 / 4 * 2 / 3})
    found = values("harmonic", network([("a", "b"), ("c", "d"), ("d", "e")]))
    assert found == pytest.approx({"a": 1 / 4, "b": 1 / 4, "c": 1.5 / 4, "d": 2 / 4, "e": 1.5 / 4})


def test_two_mode_closeness_in_pieces() -> None:
    # One actor alone with one event is as close as can be to its component, which is 1 of 5 other nodes.
    made = network([("a", "x"), ("b", "y"), ("c", "y"), ("b", "z")], mode=Mode.TWO_MODE)
    found = values("two-mode-closeness", made)
    # In the other piece of two actors and two events, b is as close as can be; c is at 1, 2 and 3.
    assert found == pytest.approx(
        {"a": 1 / 5, "x": 1 / 5, "b": 3 / 5, "c": 3 / 5 * 4 / 6, "y": 3 / 5, "z": 3 / 5 * 4 / 6}
    )


@pytest.mark.parametrize("actors", [1, 2, 5])
def test_one_event_with_everybody(actors: int) -> None:
    made = network([(f"a{actor}", "e") for actor in range(actors)], mode=Mode.TWO_MODE)
    assert values("two-mode-degree", made)["e"] == 1
    assert values("two-mode-degree", made)["a0"] == 1
    assert values("two-mode-closeness", made)["e"] == 1
    assert values("two-mode-closeness", made)["a0"] == 1
    assert values("two-mode-betweenness", made)["e"] == (0 if actors == 1 else 1)
    assert values("two-mode-betweenness", made)["a0"] == 0


@pytest.mark.parametrize(("actors", "events"), [(4, 3), (3, 4), (5, 2)])
def test_two_mode_betweenness_reaches_its_maximum(actors: int, events: int) -> None:
    # An event that everyone attends, further events attended by one actor each, spread evenly over other actors.
    ties = [(f"a{actor}", "e0") for actor in range(actors)]
    ties += [(f"a{event % actors}", f"e{event}") for event in range(1, events)]
    made = network(ties, mode=Mode.TWO_MODE)
    assert values("two-mode-betweenness", made)["e0"] == pytest.approx(1)
    assert max(values("two-mode-betweenness", made).values()) == pytest.approx(1)


def test_an_eigenvector_of_several_components() -> None:
    # Two triangles and a pair: the triangles share the largest eigenvalue 2, the pair has 1.
    triangles = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f")]
    found = values("eigenvector", network([*triangles, ("g", "h")], alone=["i"]))
    assert found == pytest.approx({name: 1 / sqrt(6) for name in "abcdef"} | dict.fromkeys("ghi", 0.0))
    # A stronger pair takes everything.
    found = values("eigenvector", network([*triangles, ("g", "h", 2.5)]))
    assert found == pytest.approx(dict.fromkeys("abcdef", 0.0) | {"g": 1 / sqrt(2), "h": 1 / sqrt(2)})


def test_equal_components_share_by_their_sums() -> None:
    # A star of five and a circle of four both have the eigenvalue 2. Unit vectors: (1/√2, 4 times 1/√8) with the sum
    # 1/√2 + √2, and four times 1/2 with the sum 2; each component counts by its sum.
    made = network([("s", leaf) for leaf in "tuvw"] + [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")])
    found = values("eigenvector", made)
    assert found["s"] / found["a"] == pytest.approx((1 / sqrt(2) + sqrt(2)) / sqrt(2) / (2 / 2))


def test_hubs_and_authorities() -> None:
    # Two readers of two books: a reads both, b one. The matrix [[1, 1], [1, 0]] has the golden ratio.
    made = network([("a", "x"), ("a", "y"), ("b", "x")], mode=Mode.DIRECT)
    golden = (1 + sqrt(5)) / 2
    hubs, authorities = values("hubs", made), values("authorities", made)
    assert hubs["a"] / hubs["b"] == pytest.approx(golden)
    assert authorities["x"] / authorities["y"] == pytest.approx(golden)
    assert hubs["x"] == hubs["y"] == authorities["a"] == authorities["b"] == 0
    assert sum(hubs.values()) == pytest.approx(1)
    assert sum(authorities.values()) == pytest.approx(1)


def test_directed_degrees() -> None:
    made = network([("a", "b"), ("b", "a"), ("a", "c")], mode=Mode.DIRECT)
    assert values("in-degree", made) == {"a": 0.5, "b": 0.5, "c": 0.5}
    assert values("out-degree", made) == {"a": 1.0, "b": 0.5, "c": 0.0}
    # Tied both ways counts once.
    assert values("degree", made) == {"a": 1.0, "b": 0.5, "c": 0.5}
    assert values("strength", made) == {"a": 3.0, "b": 2.0, "c": 1.0}
    assert set(values("core", made).values()) == {1.0}


def test_direction_is_followed() -> None:
    made = network([("a", "b"), ("b", "c")], mode=Mode.DIRECT)
    assert values("betweenness", made) == {"a": 0.0, "b": 0.5, "c": 0.0}
    assert values("closeness", made) == pytest.approx({"a": 0.0, "b": 0.5, "c": 2 / 3})
    assert values("harmonic", made) == pytest.approx({"a": 0.0, "b": 0.5, "c": 0.75})
    katz = values("katz", made)
    # The largest singular value is 1: x = 1, 1 + 0.9, 1 + 0.9 (1 + 0.9).
    assert katz["b"] / katz["a"] == pytest.approx(1.9)
    assert katz["c"] / katz["a"] == pytest.approx(2.71)
    assert values("pagerank", made)["c"] > values("pagerank", made)["b"] > values("pagerank", made)["a"]


def test_weighted_clustering_weighs_the_ties_of_the_node() -> None:
    # v meets three; only the two it is strongly tied to have met: 2 * (5 + 5) / 2 of 11 * 2.
    made = network([("v", "a", 5), ("v", "b", 5), ("v", "c", 1), ("a", "b", 1)])
    assert values("clustering", made)["v"] == pytest.approx(1 / 3)
    assert values("weighted-clustering", made)["v"] == pytest.approx(10 / 22)


def test_constraint_and_effective_size_weigh_ties() -> None:
    # b spends 2/3 on a and 1/3 on c, a half each on b and c after strengths 2 and 2, c 1/3 on b and 2/3 on a.
    made = network([("a", "b", 2), ("b", "c", 1), ("a", "c", 2)])
    towards_a, towards_c = 2 / 3 + 1 / 3 * 2 / 3, 1 / 3 + 2 / 3 * 1 / 2
    assert values("constraint", made)["b"] == pytest.approx(towards_a**2 + towards_c**2)
    # For b: a is redundant by p(b, c) m(a, c) = 1/3 * 1, c by p(b, a) m(c, a) = 2/3 * 1.
    assert values("effective-size", made)["b"] == pytest.approx(2 - 1 / 3 - 2 / 3)
