"""Folding held against its definition, written out."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network.affiliations import Affiliations
from coopgraph.network.fold import network
from coopgraph.network.network import Mode, Network
from coopgraph.network.projections.rules import NEWMAN, NONE, SIMPLE, Rule, size_capped
from tests.network import affiliated

rows = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("UVWXYZ"), st.sampled_from(["", "d1", "d2", "d3"])),
    max_size=30,
    unique=True,
)


def share(rule: Rule, size: int) -> Fraction:
    """What one event of this size adds, as the literature has it."""
    if rule is NEWMAN:
        return Fraction(1, size - 1)
    return Fraction(1 if rule is SIMPLE or size <= 3 else 0)


def named(net: Network) -> dict[tuple[str, str], float]:
    iri = net.nodes.iri
    ends = zip(net.source.tolist(), net.target.tolist(), strict=True)
    return {(iri[one], iri[other]): value for (one, other), value in zip(ends, net.strengths.values, strict=True)}


@given(rows, st.sampled_from([SIMPLE, NEWMAN, size_capped(3)]))
def test_strengths_add_up_over_shared_events(said: list[tuple[str, str, str]], rule: Rule) -> None:
    net = network(affiliated.affiliations(said), Mode.ONE_MODE, rule)
    at: defaultdict[str, set[str]] = defaultdict(set)
    for actor, event, _ in said:
        at[event].add(actor)
    expected: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for actors in at.values():
        for pair in combinations(sorted(actors), 2):
            expected[pair] += share(rule, len(actors))
    found = named(net)
    assert found.keys() == {pair for pair, strength in expected.items() if strength}
    assert all(value == pytest.approx(float(expected[pair])) for pair, value in found.items())
    # Who met nobody stays, as an isolate.
    assert set(net.nodes.iri) == {actor for actor, _, _ in said}
    assert np.array_equal(net.distances.values, 1 / net.strengths.values)
    assert net.rule is rule


@given(rows)
def test_two_modes_join_each_actor_to_its_events_once(said: list[tuple[str, str, str]]) -> None:
    net = network(affiliated.affiliations(said), Mode.TWO_MODE, NONE)
    assert {frozenset(pair) for pair in named(net)} == {frozenset((actor, event)) for actor, event, _ in said}
    assert net.m == len({(actor, event) for actor, event, _ in said})
    side = dict(zip(net.nodes.iri, net.side.tolist(), strict=True))
    assert all(side[actor] == 0 and side[event] == 1 for actor, event, _ in said)
    assert set(net.strengths.values.tolist()) <= {1.0}


@given(rows)
def test_ties_stand_in_order_and_origin_leads_back(said: list[tuple[str, str, str]]) -> None:
    made = affiliated.affiliations(said)
    for mode, rule in ((Mode.ONE_MODE, NEWMAN), (Mode.TWO_MODE, NONE)):
        net = network(made, mode, rule)
        ends = list(zip(net.source.tolist(), net.target.tolist(), strict=True))
        assert ends == sorted(set(ends))
        assert all(one < other for one, other in ends)
        assert [made.nodes.iri[place] for place in net.origin] == list(net.nodes.iri)


@given(rows, st.data())
def test_a_selection_of_rows_is_the_network_of_those_rows(
    said: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    made = affiliated.affiliations(said)
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(said), max_size=len(said))), dtype=bool)
    chosen = [row for row, keep in zip(sorted(said), kept, strict=True) if keep]
    for mode, rule in ((Mode.ONE_MODE, NEWMAN), (Mode.TWO_MODE, NONE)):
        part, alone = network(made.select(kept), mode, rule), network(affiliated.affiliations(chosen), mode, rule)
        assert named(part) == pytest.approx(named(alone))
        assert part.nodes.iri == alone.nodes.iri


@given(rows, st.lists(st.integers(0, 3), min_size=20, max_size=20))
def test_an_event_drawn_twice_counts_twice(said: list[tuple[str, str, str]], drawn: list[int]) -> None:
    made = affiliated.affiliations(said)
    multiplicity = np.array(drawn[: len(made.nodes)], dtype=np.int32)
    found = named(network(made, Mode.ONE_MODE, SIMPLE, multiplicity=multiplicity))
    iri = made.nodes.iri
    at: defaultdict[str, set[str]] = defaultdict(set)
    for actor, event, _ in said:
        at[event].add(actor)
    expected: defaultdict[tuple[str, str], int] = defaultdict(int)
    for event, actors in at.items():
        for pair in combinations(sorted(actors), 2):
            expected[pair] += int(multiplicity[iri.index(event)])
    assert found == {pair: count for pair, count in expected.items() if count}


def test_a_direct_network_keeps_directions_and_drops_ties_to_oneself() -> None:
    made: Affiliations = affiliated.affiliations([("a", "b", "d"), ("b", "a", "d"), ("a", "c", ""), ("c", "c", "d")])
    net = network(made, Mode.DIRECT, NONE)
    assert set(named(net)) == {("a", "b"), ("b", "a"), ("a", "c")}
    assert net.directed
    with pytest.raises(ValueError, match="one side"):
        network(made, Mode.TWO_MODE, NONE)
