"""What must hold of every measure on any network."""

from __future__ import annotations

import random
from dataclasses import replace
from math import isfinite

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.network.arrays import Distances, Strengths
from coopgraph.network.engines.port import Choice
from coopgraph.network.engines.reference import Reference
from coopgraph.network.measures.measure import Measure, Uses
from coopgraph.network.measures.registry import MEASURES, for_mode
from coopgraph.network.network import Mode, Network
from tests.network.classic import karate, network, networks, values, women

EVERY = [pytest.param(item, mode, id=f"{item.name}-{mode}") for item in MEASURES for mode in item.modes]
FEW = settings(max_examples=40)
ANY = st.one_of(*(networks(mode) for mode in Mode))


def compute(item: Measure, made: Network) -> list[float]:
    found: list[float] = Reference().compute(item, made, Choice()).values.tolist()
    return found


def applying(made: Network) -> list[Measure]:
    return [item for item in MEASURES if item.applies(made.mode)]


@pytest.mark.parametrize(("item", "mode"), EVERY)
def test_tiny_networks_have_sane_values(item: Measure, mode: Mode) -> None:
    assert compute(item, network([], mode=mode)) == []
    (alone,) = compute(item, network([], mode=mode, alone=["a"]))
    assert 0 <= alone <= 1
    pair = compute(item, network([("a", "b")], mode=mode))
    assert all(isfinite(value) and value >= 0 for value in pair)


@FEW
@given(ANY)
def test_values_are_finite_and_not_negative(made: Network) -> None:
    for item in applying(made):
        found = compute(item, made)
        assert len(found) == made.n
        assert all(isfinite(value) and value >= 0 for value in found), item.name


@FEW
@given(ANY)
def test_measures_that_say_so_go_from_0_to_1(made: Network) -> None:
    for item in applying(made):
        if "from 0 to 1" in item.normalisation and item.uses is not Uses.DISTANCE:
            assert max(compute(item, made), default=0) <= 1 + 1e-12, item.name
    if made.mode is not Mode.TWO_MODE:
        assert max(values("betweenness", made).values(), default=0) <= 1 + 1e-12
        plain = replace(made, distances=Distances(np.ones(made.m)))
        for name in ("closeness", "harmonic"):
            assert max(values(name, plain).values(), default=0) <= 1 + 1e-12, name


@FEW
@given(ANY)
def test_measures_that_are_shares_sum_to_1(made: Network) -> None:
    for item in applying(made):
        found = np.array(compute(item, made))
        if item.normalisation.startswith("all values sum to 1") and made.m:
            assert found.sum() == pytest.approx(1), item.name
        if item.normalisation.startswith("the squares of all values sum to 1") and made.m:
            assert (found**2).sum() == pytest.approx(1), item.name


@FEW
@given(ANY, st.randoms(use_true_random=False))
def test_names_and_order_of_nodes_do_not_matter(made: Network, chance: random.Random) -> None:
    order = list(made.nodes.iri)
    chance.shuffle(order)
    prefix = {name: f"{name[0]}{place:02}" for place, name in enumerate(order)}
    names = [prefix[name] for name in made.nodes.iri]
    ends = zip(made.source.tolist(), made.target.tolist(), made.strengths.values.tolist(), strict=True)
    renamed = network(((names[s], names[t], w) for s, t, w in ends), mode=made.mode, alone=names)
    side = dict(zip(names, made.side.tolist(), strict=True))
    renamed = replace(renamed, side=np.array([side[name] for name in renamed.nodes.iri], dtype=np.int32))
    for item in applying(made):
        before = dict(zip(names, compute(item, made), strict=True))
        after = dict(zip(renamed.nodes.iri, compute(item, renamed), strict=True))
        assert after == pytest.approx(before, abs=1e-8), item.name


@FEW
@given(st.one_of(networks(Mode.ONE_MODE), networks(Mode.DIRECT)), st.integers(2, 9))
def test_the_unit_of_strength_matters_only_where_it_is_stated(made: Network, factor: int) -> None:
    scaled = replace(
        made,
        strengths=Strengths(made.strengths.values * factor),
        distances=Distances(made.distances.values / factor),
    )
    in_units = {"strength": 1, "closeness": 1, "harmonic": 1}
    for item in applying(made):
        expected = np.array(compute(item, made)) * factor ** in_units.get(item.name, 0)
        assert compute(item, scaled) == pytest.approx(expected.tolist(), abs=1e-8), item.name


@FEW
@given(st.one_of(networks(Mode.ONE_MODE), networks(Mode.DIRECT)))
def test_an_isolate_changes_nobody_elses_rank(made: Network) -> None:
    ends = zip(made.source.tolist(), made.target.tolist(), made.strengths.values.tolist(), strict=True)
    iri = made.nodes.iri
    more = network(((iri[s], iri[t], w) for s, t, w in ends), mode=made.mode, alone=[*iri, "z"])
    for item in applying(made):
        before, after = compute(item, made), compute(item, more)[:-1]
        if item.name == "pagerank" and made.mode is Mode.DIRECT:
            continue  # what dead ends hand on is shared with the newcomer, who hands it on to all
        for first in range(made.n):
            for second in range(first):
                if before[first] > before[second] + 1e-7:
                    assert after[first] > after[second], item.name


@FEW
@given(ANY)
def test_the_same_network_has_the_same_values(made: Network) -> None:
    for item in applying(made):
        first, second = (Reference().compute(item, made, Choice()).values for _ in range(2))
        assert first.tobytes() == second.tobytes(), item.name


def test_chance_is_left_alone() -> None:
    random.seed(5)
    np.random.seed(5)
    before = random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]
    for made in (karate(), women()):
        for item in applying(made):
            compute(item, made)
    after = random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]
    assert before == after


def test_equal_lengths_are_equal_however_they_add_up() -> None:
    lengths = {("s", "a"): 0.1, ("a", "t"): 0.2, ("s", "c"): 0.15, ("c", "t"): 0.15}
    made = network([(*ends, 1 / distance) for ends, distance in lengths.items()])
    # Two ways of length 0.3, which floating point takes for unequal ones.
    assert 0.1 + 0.2 > 0.15 + 0.15
    found = values("betweenness", made)
    assert found["a"] == found["c"] == pytest.approx(0.5 / 3)


def test_reports_show_a_few_measures_of_every_mode() -> None:
    assert {item.name for item in for_mode(Mode.ONE_MODE)} == {
        "degree",
        "strength",
        "betweenness",
        "harmonic",
        "eigenvector",
        "pagerank",
        "constraint",
        "two-mode-degree",
        "two-mode-betweenness",
    }
    assert {item.name for item in for_mode(Mode.TWO_MODE)} == {"two-mode-degree", "two-mode-betweenness"}
    assert {"in-degree", "out-degree", "betweenness"} <= {item.name for item in for_mode(Mode.DIRECT)}
    assert "eigenvector" not in {item.name for item in for_mode(Mode.DIRECT)}
