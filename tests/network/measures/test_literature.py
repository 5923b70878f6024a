"""Measures against values that were published for networks everyone can look up."""

from __future__ import annotations

from math import comb

import pytest

from coopgraph.network.network import Mode
from tests.network.classic import circle, florentine, karate, kite, line, network, star, values, women


# S. Wasserman, K. Faust, Social Network Analysis (1994), section 5.2: betweenness over 91 pairs, closeness 14 / sum.
@pytest.mark.parametrize(
    ("family", "between", "close"),
    [
        ("Medici", 47.5, 14 / 25),
        ("Guadagni", 23.166667, 14 / 30),
        ("Albizzi", 19.333333, 14 / 29),
        ("Salviati", 13.0, 14 / 36),
        ("Ridolfi", 10.333333, 14 / 28),
        ("Strozzi", 9.333333, 14 / 32),
        ("Pazzi", 0.0, 14 / 49),
    ],
)
def test_florentine_families(family: str, between: float, close: float) -> None:
    assert values("betweenness", florentine())[family] == pytest.approx(between / comb(14, 2), abs=1e-6)
    assert values("closeness", florentine())[family] == pytest.approx(close)


# M. O. Jackson, Social and Economic Networks (2008), section 2.2.4, three decimals.
@pytest.mark.parametrize(("family", "value"), [("Medici", 0.430), ("Strozzi", 0.356), ("Guadagni", 0.289)])
def test_eigenvector_of_the_florentine_families(family: str, value: float) -> None:
    assert values("eigenvector", florentine())[family] == pytest.approx(value, abs=5e-4)


# D. Krackhardt, Assessing the political landscape, ASQ 35 (1990): degree, closeness and betweenness have other winners.
@pytest.mark.parametrize(
    ("name", "degree", "close", "between"),
    [
        ("Diane", 6, 0.600, 3.667),
        ("Fernando", 5, 0.643, 8.333),
        ("Garth", 5, 0.643, 8.333),
        ("Heather", 3, 0.600, 14.0),
        ("Andre", 4, 0.529, 0.833),
        ("Ike", 2, 0.429, 8.0),
        ("Jane", 1, 0.310, 0.0),
    ],
)
def test_the_kite(name: str, degree: int, close: float, between: float) -> None:
    assert values("degree", kite())[name] == pytest.approx(degree / 9)
    assert values("closeness", kite())[name] == pytest.approx(close, abs=5e-4)
    assert values("betweenness", kite())[name] == pytest.approx(between / comb(9, 2), abs=1e-4)


def test_the_karate_club() -> None:
    # The manual of igraph gives 231.07 and 160.55, over 528 pairs.
    between = values("betweenness", karate())
    assert between["0"] == pytest.approx(231.0714 / 528, abs=1e-6)
    assert between["33"] == pytest.approx(160.5516 / 528, abs=1e-6)
    # M. Newman, Networks (2010): the administrator leads by eigenvector centrality, the instructor by betweenness.
    eigenvector = values("eigenvector", karate())
    assert max(eigenvector, key=lambda name: eigenvector[name]) == "33"
    assert eigenvector["33"] == pytest.approx(0.3734, abs=5e-5)
    core = values("core", karate())
    assert {name for name, value in core.items() if value == 4} == {
        "0",
        "1",
        "2",
        "3",
        "7",
        "8",
        "13",
        "30",
        "32",
        "33",
    }


# S. P. Borgatti, D. S. Halgin, Analyzing affiliation networks (2011), table 3: two decimals.
@pytest.mark.parametrize(
    ("node", "degree", "close", "between"),
    [
        ("Evelyn Jefferson", 0.57, 0.80, 0.10),
        ("Laura Mandeville", 0.50, 0.73, 0.05),
        ("Theresa Anderson", 0.57, 0.80, 0.09),
        ("Brenda Rogers", 0.50, 0.73, 0.05),
        ("Sylvia Avondale", 0.50, 0.77, 0.07),
        ("Nora Fayette", 0.57, 0.80, 0.11),
        ("Flora Price", 0.14, 0.59, 0.01),
        ("E8", 0.78, 0.85, 0.24),
        ("E9", 0.67, 0.79, 0.23),
        ("E1", 0.17, 0.52, 0.00),
    ],
)
def test_the_southern_women(node: str, degree: float, close: float, between: float) -> None:
    assert values("two-mode-degree", women())[node] == pytest.approx(degree, abs=0.005)
    assert values("two-mode-closeness", women())[node] == pytest.approx(close, abs=0.006)
    assert values("two-mode-betweenness", women())[node] == pytest.approx(between, abs=0.005)


def test_the_southern_women_folded() -> None:
    # R. L. Breiger, The duality of persons and groups (1974): the matrix of common events. Evelyn and Laura share six.
    folded = women(Mode.ONE_MODE)
    ends = [folded.nodes.iri.index(name) for name in ("Evelyn Jefferson", "Laura Mandeville")]
    tie = (folded.source == min(ends)) & (folded.target == max(ends))
    assert folded.strengths.values[tie].tolist() == [6.0]
    # Evelyn met all 17 others; her row of that matrix sums to 50.
    assert values("degree", folded)["Evelyn Jefferson"] == 1
    assert values("strength", folded)["Evelyn Jefferson"] == 50


# R. S. Burt, Structural Holes (1992), figure 2.2, as taken up by S. P. Borgatti, Connections 20 (1997): ego G.
HOLES = ["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]


def test_burts_example() -> None:
    found = network([(tie[0], tie[1]) for tie in HOLES])
    # Six neighbours, four ties among them: 6 - 2 * 4 / 6.
    assert values("effective-size", found)["G"] == pytest.approx(4.67, abs=0.005)
    assert values("effective-size", found)["C"] == 1
    # By hand: G spends 1/6 on each neighbour u, and on top reaches u through those of its neighbours tied to u.
    direct = 1 / 6
    parts = {
        "A": direct * (1 + 1 / 3 + 1 / 2 + 1 / 2),  # through B (3 ties), E and F (2 ties each)
        "B": direct * (1 + 1 / 4 + 1 / 2),  # through A (4 ties) and D (2 ties)
        "C": direct,
        "D": direct * (1 + 1 / 3),  # through B
        "E": direct * (1 + 1 / 4),  # through A
        "F": direct * (1 + 1 / 4),  # through A
    }
    expected = sum(part**2 for part in parts.values())
    assert values("constraint", found)["G"] == pytest.approx(expected)
    assert values("constraint", found)["G"] == pytest.approx(0.400, abs=5e-4)
    assert values("constraint", found)["C"] == 1


# L. C. Freeman, Centrality in social networks (1978/79): the star, the line and the circle of five.
def test_freemans_star_line_and_circle() -> None:
    centre = {name: values(name, star(5))["0"] for name in ("degree", "closeness", "betweenness")}
    assert centre == pytest.approx({"degree": 1, "closeness": 1, "betweenness": 1})
    assert set(values("betweenness", star(5)).values()) == {0.0, 1.0}
    assert set(values("degree", circle(5)).values()) == {0.5}
    assert list(values("betweenness", circle(5)).values()) == pytest.approx([1 / 6] * 5)
    assert list(values("closeness", circle(5)).values()) == pytest.approx([4 / 6] * 5)
    assert list(values("betweenness", line(5)).values()) == pytest.approx([0, 1 / 2, 2 / 3, 1 / 2, 0])
    assert list(values("closeness", line(5)).values()) == pytest.approx([4 / 10, 4 / 7, 4 / 6, 4 / 7, 4 / 10])
