"""The leading eigenvector: what it is, also of large components, and what it does where it cannot be found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from scipy import sparse

from coopgraph.errors import CoopgraphError
from coopgraph.network.measures import leading
from coopgraph.network.network import Mode, Network
from tests.network.classic import florentine, karate, network, networks


def chain(n: int) -> sparse.csr_array:
    return sparse.diags_array([np.ones(n - 1), np.ones(n - 1)], offsets=[1, -1]).tocsr()


def test_a_long_chain() -> None:
    # The eigenvector of a path is half a wave, its eigenvalue 2 cos(pi / (n + 1)); here by rounds, not by solving.
    n = 700
    value, vector = leading.leading(chain(n))
    wave = np.sin(np.arange(1, n + 1) * np.pi / (n + 1))
    assert value == pytest.approx(2 * np.cos(np.pi / (n + 1)), abs=1e-11)
    assert vector == pytest.approx(wave / np.linalg.norm(wave), abs=1e-9)
    assert leading.norm(chain(n)) == pytest.approx(value, abs=1e-11)


def test_what_does_not_settle_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leading, "_ROUNDS", 2)
    for find in (leading.leading, leading.norm):
        with pytest.raises(CoopgraphError, match="5,000 nodes did not settle in 2 rounds") as caught:
            find(chain(5000))
        assert caught.value.code == "internal"
        assert "Name other measures" in caught.value.remedy


@given(networks(Mode.ONE_MODE))
def test_it_is_an_eigenvector_and_the_largest(made: Network) -> None:
    matrix = made.adjacency(made.strengths)
    value, vector = leading.leading(matrix)
    assert matrix @ vector == pytest.approx(value * vector, abs=1e-9)
    assert (vector >= 0).all()
    if made.m:
        assert np.linalg.norm(vector) == pytest.approx(1)
        assert value == pytest.approx(np.linalg.eigvalsh(matrix.toarray())[-1])
        assert leading.norm(matrix) == pytest.approx(value)


@given(networks(Mode.ONE_MODE))
def test_it_is_where_repeated_averaging_from_equal_values_ends(made: Network) -> None:
    matrix = made.adjacency(made.strengths).toarray()
    value, vector = leading.leading(made.adjacency(made.strengths))
    if not made.m:
        return
    # Half of each round stays in place, so that nothing swings; squared thirty times over, it is 2^30 rounds.
    step = (np.eye(made.n) + matrix / value) / 2
    for _ in range(30):
        step = step @ step
    ended = step @ np.ones(made.n)
    others = np.sort(np.linalg.eigvalsh(matrix))
    close = others[(others < value * (1 - 1e-9)) & (others > value * (1 - 1e-6))]
    if not len(close):
        assert vector == pytest.approx(ended / np.linalg.norm(ended), abs=1e-6)


@pytest.mark.parametrize("made", [florentine(), karate(), network([("a", "b"), ("a", "c"), ("b", "d"), ("c", "e")])])
def test_it_is_the_limit_of_bonacichs_power(made: Network) -> None:
    # P. Bonacich, Power and centrality, AJS 92 (1987): c(beta) = (I - beta A)^-1 A 1 becomes the eigenvector as beta
    # approaches 1 / lambda. The last network is one of his: a line of five.
    matrix = made.adjacency().toarray()
    value, vector = leading.leading(made.adjacency())
    power = np.linalg.solve(np.eye(made.n) - (1 - 1e-8) / value * matrix, matrix.sum(axis=1))
    assert vector == pytest.approx(power / np.linalg.norm(power), abs=1e-6)


def test_no_ties() -> None:
    empty = sparse.csr_array((3, 3))
    value, vector = leading.leading(empty)
    assert (value, vector.tolist()) == (0.0, [0.0, 0.0, 0.0])
    assert leading.norm(empty) == 0
    assert leading.norm(sparse.csr_array((0, 0))) == 0
