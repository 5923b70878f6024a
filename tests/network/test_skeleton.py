"""Networks made of parts of rows are those that folding makes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network import encounters as meeting
from coopgraph.network import fold
from coopgraph.network.network import Mode, Network
from coopgraph.network.projections.rules import NEWMAN, NONE, SIMPLE, Rule, size_capped
from coopgraph.network.skeleton import Skeleton
from tests.network.affiliated import Row, affiliations, reported

_ROWS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), st.sampled_from(["D", "E", ""])),
    min_size=1,
    max_size=30,
    unique=True,
)
_DIRECT = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.just("D")), min_size=1, max_size=12, unique=True
)


def same(one: Network, other: Network) -> None:
    assert (one.mode, one.nodes, one.rule.name) == (other.mode, other.nodes, other.rule.name)
    for name in ("origin", "side", "source", "target"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name
        assert getattr(one, name).dtype == getattr(other, name).dtype
    np.testing.assert_allclose(one.strengths.values, other.strengths.values, rtol=1e-14)
    np.testing.assert_allclose(one.distances.values, other.distances.values, rtol=1e-14)


@given(_ROWS, st.data(), st.sampled_from([SIMPLE, NEWMAN, size_capped(3)]))
def test_a_part_of_the_rows_makes_the_network_that_folding_makes(
    rows: list[Row], data: st.DataObject, rule: Rule
) -> None:
    made = affiliations(rows)
    part = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    times = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(made.nodes), max_size=len(made.nodes))))
    for multiplicity in (None, times.astype(np.int32)):
        wanted = fold.network(made.select(part), Mode.ONE_MODE, rule, multiplicity=multiplicity)
        same(Skeleton(made, Mode.ONE_MODE, rule).network(part, multiplicity), wanted)
        same(Skeleton(made, Mode.ONE_MODE, rule, most=0).network(part, multiplicity), wanted)


@given(_ROWS, st.data())
def test_so_does_it_where_nothing_is_folded(rows: list[Row], data: st.DataObject) -> None:
    made = affiliations(rows)
    part = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    same(Skeleton(made, Mode.TWO_MODE, NONE).network(part), fold.network(made.select(part), Mode.TWO_MODE, NONE))


@given(_DIRECT, st.data())
def test_and_where_ties_have_a_direction(rows: list[Row], data: st.DataObject) -> None:
    made = affiliations(rows)
    part = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    same(Skeleton(made, Mode.DIRECT, NONE).network(part), fold.network(made.select(part), Mode.DIRECT, NONE))


@given(_ROWS)
def test_encounters_are_all_pairs_of_all_events(rows: list[Row]) -> None:
    made = affiliations(rows)
    pairs = meeting.pairs(made)
    met = meeting.encounters(pairs, len(made.nodes))
    tie = np.repeat(np.arange(len(met.source)), np.diff(met.begin))
    iri = np.array(made.nodes.iri)
    found = {
        (iri[met.source[t]], iri[met.target[t]], iri[pairs.target[one]])
        for t, one in zip(tie.tolist(), met.first.tolist(), strict=True)
    }
    who = {event: sorted({actor for actor, at, _ in rows if at == event}) for _, event, _ in rows}
    assert found == {(one, other, event) for event, actors in who.items() for one, other in combinations(actors, 2)}
    assert len(met.first) == len(met.second) == meeting.count(pairs) == len(found)


def test_an_event_drawn_twice_counts_twice() -> None:
    made = reported({"x": "abc", "y": "ab"})
    times = np.zeros(len(made.nodes), dtype=np.int32)
    times[made.nodes.index()["x"]] = 2
    rows = np.isin(made.target, np.flatnonzero(times))
    network = Skeleton(made, Mode.ONE_MODE, NEWMAN).network(rows, times)
    assert network.strengths.values.tolist() == pytest.approx([1.0, 1.0, 1.0])
