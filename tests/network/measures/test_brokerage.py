"""Brokerage roles: the five patterns, a worked example, every triad counted one by one, and what chance would give."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network import blocks
from coopgraph.network.measures.brokerage import MEASURES, Role, brokerage
from coopgraph.network.measures.brokerage_chance import chance
from coopgraph.network.network import Mode, Network
from tests.network.classic import groups, karate, network, networks

ROLES = [role for role in Role if role is not Role.TOTAL]


def counted(made: Network, division: np.ndarray[tuple[int], np.dtype[np.int32]], role: Role) -> list[float]:
    """The same by looking at every triad."""
    ties = set(zip(made.source.tolist(), made.target.tolist(), strict=True))
    if not made.directed:
        ties |= {(target, source) for source, target in ties}
    counts = [0.0 if group >= 0 else np.nan for group in division]
    for i, v, k in permutations(range(made.n), 3):
        a, b, c = division[i], division[v], division[k]
        if min(a, b, c) < 0 or (i, v) not in ties or (v, k) not in ties or (i, k) in ties:
            continue
        found = {
            (True, True): Role.COORDINATOR,
            (False, True): Role.GATEKEEPER,
            (True, False): Role.REPRESENTATIVE,
            (False, False): Role.ITINERANT if a == c else Role.LIAISON,
        }[a == b, b == c]
        if role in (found, Role.TOTAL):
            counts[v] += 1
    return counts


@pytest.mark.parametrize(
    ("from_", "broker", "to", "role"),
    [
        (0, 0, 0, Role.COORDINATOR),
        (0, 1, 0, Role.ITINERANT),
        (0, 1, 1, Role.GATEKEEPER),
        (0, 0, 1, Role.REPRESENTATIVE),
        (0, 1, 2, Role.LIAISON),
    ],
)
def test_the_five_patterns(from_: int, broker: int, to: int, role: Role) -> None:
    # R. V. Gould, R. M. Fernandez (1989), figure 1: the broker stands between i and k, who have no tie.
    made = network([("i", "v"), ("v", "k")], mode=Mode.DIRECT)
    division = groups(made, {"i": from_, "v": broker, "k": to})
    for other in Role:
        expected = {"i": 0, "k": 0, "v": int(other in (role, Role.TOTAL))}
        assert dict(zip(made.nodes.iri, brokerage(made, division, other).tolist(), strict=True)) == expected
    closed = network([("i", "v"), ("v", "k"), ("i", "k")], mode=Mode.DIRECT)
    assert not brokerage(closed, division, Role.TOTAL).any()


def test_a_worked_example() -> None:
    # Four nodes in two groups, ab and cd. The open ways: a→b→d, a→c→d, b→d→a, c→d→a, d→a→b, d→a→c.
    made = network(
        [("a", "b"), ("a", "c"), ("b", "c"), ("b", "d"), ("c", "d"), ("d", "a")],
        mode=Mode.DIRECT,
    )
    division = groups(made, {"a": 0, "b": 0, "c": 1, "d": 1})
    assert brokerage(made, division, Role.COORDINATOR).tolist() == [0, 0, 0, 0]
    assert brokerage(made, division, Role.REPRESENTATIVE).tolist() == [0, 1, 0, 1]
    assert brokerage(made, division, Role.GATEKEEPER).tolist() == [1, 0, 1, 0]
    assert brokerage(made, division, Role.ITINERANT).tolist() == [1, 0, 0, 1]
    assert brokerage(made, division, Role.LIAISON).tolist() == [0, 0, 0, 0]
    assert brokerage(made, division, Role.TOTAL).tolist() == [2, 1, 1, 2]


@given(st.one_of(networks(Mode.ONE_MODE), networks(Mode.DIRECT)), st.data())
def test_every_triad_counted_one_by_one(made: Network, data: st.DataObject) -> None:
    division = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=made.n, max_size=made.n)), dtype=np.int32)
    total = np.zeros(made.n)
    for role in Role:
        found = brokerage(made, division, role)
        assert found.tolist() == pytest.approx(counted(made, division, role), nan_ok=True), role
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks, "_HELD", 2)
            assert brokerage(made, division, role).tolist() == pytest.approx(found.tolist(), nan_ok=True)
        total += 0 if role is Role.TOTAL else found
    assert total.tolist() == pytest.approx(brokerage(made, division, Role.TOTAL).tolist(), nan_ok=True)


def test_without_direction_gatekeepers_are_representatives() -> None:
    made = karate()
    division = groups(made, {name: int(int(name) > 15) for name in made.nodes.iri})
    gates, represents = (brokerage(made, division, role) for role in (Role.GATEKEEPER, Role.REPRESENTATIVE))
    assert gates.tolist() == represents.tolist()
    assert gates.sum() > 0
    assert not brokerage(made, division, Role.LIAISON).any()
    # Either end of a pair may be its beginning.
    assert not (brokerage(made, division, Role.COORDINATOR) % 2).any()


SIZES = (5, 3, 4)
DIVISION = np.repeat(np.arange(3, dtype=np.int32), SIZES)


def in_random_networks(role: Role, mode: Mode, density: float, count: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Brokerage in this role in networks drawn at random, one a row, counted from the definition."""
    generator = np.random.default_rng(11)
    ties = generator.random((count, 12, 12)) < density
    if mode is Mode.ONE_MODE:
        ties = np.triu(ties, 1)
        ties = ties | ties.transpose(0, 2, 1)
    a, b, c = DIVISION[:, None, None], DIVISION[None, :, None], DIVISION[None, None, :]
    pattern = {
        Role.COORDINATOR: (a == b) & (b == c),
        Role.ITINERANT: (a == c) & (a != b),
        Role.GATEKEEPER: (a != b) & (b == c),
        Role.REPRESENTATIVE: (a == b) & (b != c),
        Role.LIAISON: (a != b) & (b != c) & (a != c),
        Role.TOTAL: np.full((12, 12, 12), True),
    }[role]
    i, v, k = np.ogrid[:12, :12, :12]
    apart = (i != v) & (v != k) & (i != k)
    return np.einsum("siv,svk,sik,ivk->sv", ties, ties, ~ties, pattern & apart, dtype=np.float64)


@pytest.mark.parametrize("mode", [Mode.ONE_MODE, Mode.DIRECT])
@pytest.mark.parametrize("role", Role)
def test_chance_is_what_random_networks_have(role: Role, mode: Mode) -> None:
    # The mean and the deviation are worked out; here they are compared with networks drawn at random.
    made = _of_density(1 / 3, mode)
    counts = in_random_networks(role, mode, 1 / 3, 4000)
    found = chance(made, DIVISION, role)
    for node in (0, 5, 8):
        error = found.deviation[node] / np.sqrt(len(counts))
        assert counts[:, node].mean() == pytest.approx(found.expected[node], abs=4 * error), node
        assert counts[:, node].std() == pytest.approx(found.deviation[node], rel=0.06), node


def _of_density(density: float, mode: Mode) -> Network:
    """Some network of exactly this density."""
    names = [f"n{number:02}" for number in range(12)]
    pairs = [
        (first, second)
        for place, first in enumerate(names)
        for other, second in enumerate(names)
        if place < other or (mode is Mode.DIRECT and place != other)
    ]
    generator = np.random.default_rng(3)
    kept = generator.choice(len(pairs), round(density * len(pairs)), replace=False)
    return network([pairs[index] for index in kept], mode=mode, alone=names)


def test_expectations_by_hand() -> None:
    # R. V. Gould, R. M. Fernandez (1989): expected brokerage is the number of possible pairs times d^2 (1 - d).
    made = _of_density(1 / 2, Mode.DIRECT)
    once = 1 / 8
    pairs = {
        Role.COORDINATOR: 4 * 3,
        Role.REPRESENTATIVE: 4 * 7,
        Role.GATEKEEPER: 4 * 7,
        Role.ITINERANT: 3 * 2 + 4 * 3,
        Role.LIAISON: 2 * 3 * 4,
        Role.TOTAL: 11 * 10,
    }
    for role, count in pairs.items():
        assert chance(made, DIVISION, role).expected[0] == pytest.approx(count * once)
    total = chance(made, DIVISION, Role.TOTAL)
    assert total.deviation[0] ** 2 == pytest.approx(110 * once * (1 - once) + 2 * 11 * 10 * 9 / 64)
    assert total.z == pytest.approx((total.observed - total.expected) / total.deviation)


@given(st.one_of(networks(Mode.ONE_MODE), networks(Mode.DIRECT)), st.data())
def test_chance_never_breaks(made: Network, data: st.DataObject) -> None:
    division = np.array(data.draw(st.lists(st.integers(-1, 3), min_size=made.n, max_size=made.n)), dtype=np.int32)
    for role in Role:
        found = chance(made, division, role)
        for values in (found.observed, found.expected, found.deviation, found.z):
            assert (np.isnan(values) == (division < 0)).all()
            assert np.isfinite(values[division >= 0]).all()
        assert (found.expected[division >= 0] >= 0).all()
        # Where chance leaves no choice there is nothing to be surprised about.
        settled = (division >= 0) & (found.deviation == 0)
        assert found.observed[settled].tolist() == pytest.approx(found.expected[settled].tolist())


def test_each_role_is_a_measure() -> None:
    assert [item.name for item in MEASURES] == [f"brokerage-{role.value}" for role in Role]
    made = karate()
    division = groups(made, {name: int(int(name) > 15) for name in made.nodes.iri})
    for item, role in zip(MEASURES, Role, strict=True):
        assert item.function(made, division).tolist() == brokerage(made, division, role).tolist()
