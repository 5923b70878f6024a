"""From participations to graphs."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network import build
from coopgraph.network.incidence import Incidence, Node, Participation
from coopgraph.network.projection import COUNT, NEWMAN
from tests.network.made import incidence


def test_newman_rule_gives_small_meetings_more_weight() -> None:
    network = build.one_mode(incidence({"big": "abcd", "small": "ab"}), NEWMAN)
    assert network["a"]["b"]["strength"] == pytest.approx(1 / 3 + 1)
    assert network["c"]["d"]["strength"] == pytest.approx(1 / 3)
    assert network["a"]["b"]["distance"] == pytest.approx(3 / 4)
    assert network["a"]["b"]["events"] == 2
    assert network["a"]["b"]["event_iris"] == "big small"


def test_count_rule_counts_events() -> None:
    network = build.one_mode(incidence({"big": "abcd", "small": "ab"}), COUNT)
    assert network["a"]["b"]["strength"] == 2.0
    assert network["a"]["b"]["distance"] == 0.5


def test_documents_of_a_tie_are_counted_once() -> None:
    made = Incidence(
        {name: Node(name, kind, "X", name, "en") for name, kind in (("a", "actor"), ("b", "actor"), ("e", "event"))},
        (Participation("a", "e", ("host",), ("d1", "d2")), Participation("b", "e", ("attendee",), ("d2",))),
        {"d1": "One", "d2": "Two"},
    )
    assert build.one_mode(made, NEWMAN)["a"]["b"]["documents"] == 2
    two_mode = build.two_mode(made)
    assert two_mode["a"]["e"] == {
        "events": 1,
        "documents": 2,
        "strength": 1.0,
        "distance": 1.0,
        "event_iris": "e",
        "roles": "host",
    }


def test_who_met_nobody_stays_as_an_isolate() -> None:
    network = build.one_mode(incidence({"e": "ab", "alone": "c"}), NEWMAN)
    assert list(nx.isolates(network)) == ["c"]


def test_nothing_is_called_weight() -> None:
    for network in (
        build.one_mode(incidence({"e": "abc"}), NEWMAN),
        build.two_mode(incidence({"e": "abc"})),
    ):
        assert all("weight" not in tie for _, _, tie in network.edges(data=True))


meetings = st.dictionaries(
    st.text("efgh", min_size=1, max_size=2), st.sets(st.sampled_from("abcdxyz"), min_size=1), min_size=1, max_size=8
)


@given(meetings)
def test_strength_is_the_exact_sum_whatever_the_order(events: dict[str, set[str]]) -> None:
    network = build.one_mode(incidence({name: "".join(sorted(who)) for name, who in events.items()}), NEWMAN)
    expected: dict[frozenset[str], Fraction] = {}
    for who in events.values():
        for pair in combinations(who, 2):
            expected[frozenset(pair)] = expected.get(frozenset(pair), Fraction(0)) + Fraction(1, len(who) - 1)
    found = {frozenset((first, second)): tie["strength"] for first, second, tie in network.edges(data=True)}
    assert found == {pair: float(total) for pair, total in expected.items()}


@given(meetings)
def test_newman_strength_counts_the_events_with_company(events: dict[str, set[str]]) -> None:
    network = build.one_mode(incidence({name: "".join(sorted(who)) for name, who in events.items()}), NEWMAN)
    for actor, total in network.degree(weight="strength"):
        assert total == pytest.approx(sum(actor in who and len(who) > 1 for who in events.values()))


@given(meetings)
def test_leaving_out_is_undone_by_nothing_else(events: dict[str, set[str]]) -> None:
    full = incidence({name: "".join(sorted(who)) for name, who in events.items()})
    gone = sorted(events)[0]
    assert gone not in full.without_event(gone).events()
    assert len(full.without_event(gone).participations) == len(full.participations) - len(events[gone])
    # Every event of `incidence` has a document of its own name.
    assert full.without_document(gone).participations == full.without_event(gone).participations
