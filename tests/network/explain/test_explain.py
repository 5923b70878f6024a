"""Opened ranks: their parts make the value, and lead to the facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.network import fold
from coopgraph.network.explain.account import Fact, Missing, Way
from coopgraph.network.explain.between import pairs
from coopgraph.network.explain.explain import explain
from coopgraph.network.explain.lookup import node_named
from coopgraph.network.explain.statements import facts
from coopgraph.network.measures import registry
from coopgraph.network.measures.declared import as_graph
from coopgraph.network.network import Mode
from coopgraph.network.nodes import Node, Nodes
from coopgraph.network.projections.rules import NEWMAN
from coopgraph.network.scoring import score
from tests.network.affiliated import affiliations, reported
from tests.network.uncertainty.made import plan, some

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.explain.account import Account
    from coopgraph.network.scoring import Plan

EVENTS = {"summit": "abcdef", "talks": "ab", "visit": "ac", "tour": "cg"}


def opened(made: Affiliations, chosen: Plan, actor: str, measure: str, **more: int) -> Account:
    return explain(made, chosen, score(made, chosen), made.nodes.index()[actor], measure, **more)


def test_strength_is_opened_down_to_events_and_documents() -> None:
    made, chosen = reported(EVENTS), plan("strength", rule=NEWMAN)
    found = opened(made, chosen, "a", "strength")
    # Under Newman's rule: the summit, the talks and the visit, one each.
    assert found.value == pytest.approx(3.0)
    assert (found.rank, found.of, found.equals) == (1, 7, 1)
    assert [tie.other.iri for tie in found.ties] == ["b", "c", "d", "e", "f"]
    assert [tie.share for tie in found.ties[:3]] == pytest.approx([1.2 / 3, 1.2 / 3, 0.2 / 3])
    assert found.rest == 0.0
    first = found.ties[0]
    assert (first.way, first.rank) == (Way.BOTH, 3)
    assert [(each.target.iri, each.adds) for each in first.occasions if each.target] == [
        ("talks", 1.0),
        ("summit", 0.2),
    ]
    [own] = first.occasions[0].own
    assert own.document is not None
    assert own.document.iri == "TALKS"
    assert [each.document.iri for each in first.occasions[1].others if each.document] == ["SUMMIT"]
    assert found.above == ()
    assert [(rival.node.iri, rival.rank, rival.gap) for rival in found.below] == [
        ("b", 3, pytest.approx(-1.0)),
        ("d", 4, pytest.approx(-2.0)),
        ("e", 4, pytest.approx(-2.0)),
    ]


def test_what_the_rank_would_be_without_an_event_or_a_document() -> None:
    made, chosen = reported(EVENTS), plan("degree")
    found = opened(made, chosen, "d", "degree")
    assert [(each.missing, each.iri, each.rank) for each in found.without] == [
        (Missing.EVENT, "summit", None),
        (Missing.DOCUMENT, "SUMMIT", None),
    ]
    assert found.without_in_all == 2
    found = opened(made, chosen, "c", "degree", without=1)
    # Without the summit a and c have two ties each.
    assert [(each.iri, each.rank) for each in found.without] == [("summit", 1), ("SUMMIT", 1)]
    assert found.without_in_all == 6


@pytest.mark.parametrize("measure", ["degree", "strength", "pagerank"])
@given(st.integers(0, 20))
@settings(max_examples=10)
def test_the_parts_make_the_whole(measure: str, seed: int) -> None:
    made, chosen = some(seed, rows=30), plan(measure)
    scores = score(made, chosen)
    for actor in made.sources().tolist()[:4]:
        found = explain(made, chosen, scores, actor, measure, at_most=100, without=0)
        assert len(found.ties) == found.ties_in_all
        if found.rest is None:
            assert found.value == 0
            continue
        shares = [tie.share for tie in found.ties if tie.share is not None]
        assert sum(shares) + found.rest == pytest.approx(1.0)
        assert shares == sorted(shares, reverse=True)
        if measure == "pagerank":
            # What no tie brings is at least the jump to anyone.
            network = fold.network(made, Mode.ONE_MODE, chosen.rule)
            assert found.rest * found.value >= 0.15 / network.n - 1e-9


@pytest.mark.parametrize("mode", [Mode.ONE_MODE, Mode.TWO_MODE])
@given(st.integers(0, 20))
@settings(max_examples=8)
def test_pairs_add_up_to_betweenness(mode: Mode, seed: int) -> None:
    made = some(seed, rows=22)
    network = fold.network(made, mode, NEWMAN)
    measure = registry.measure("betweenness" if mode is Mode.ONE_MODE else "two-mode-betweenness")
    exact = as_graph(network, measure.uses)
    weight = None if mode is Mode.TWO_MODE else "distance"
    for _, _, tie in exact.edges(data=True):
        if weight is not None:
            tie[weight] = round(tie[weight] * 3628800)
    raw = nx.betweenness_centrality(exact, normalized=False, weight=weight)
    for node in range(network.n):
        found = pairs(network, measure.uses, node, at_most=1000)
        assert found is not None
        assert sum(pair.share for pair in found.listed) == pytest.approx(raw[node])
        assert len(found.listed) == found.count
        assert all(0 < pair.share <= 1 for pair in found.listed)


def test_who_is_between_whom_and_in_which_direction() -> None:
    made = affiliations([("a", "b", "D"), ("b", "c", "D"), ("c", "d", "D"), ("d", "b", "D")])
    chosen = plan("betweenness", mode=Mode.DIRECT)
    found = opened(made, chosen, "c", "betweenness")
    assert found.pairs is not None
    assert {(pair.first.iri, pair.second.iri) for pair in found.pairs.listed} == {("a", "d"), ("b", "d")}
    assert [(tie.other.iri, tie.way) for tie in found.ties] == [("b", Way.IN), ("d", Way.OUT)]
    assert found.ties[0].occasions[0].target is None
    assert found.ties[0].share is None


def test_too_large_a_network_lists_no_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coopgraph.network.explain.between.MOST", 3)
    made, chosen = reported(EVENTS), plan("betweenness")
    assert opened(made, chosen, "a", "betweenness", without=0).pairs is None


def test_an_event_of_a_two_mode_network_is_opened_too() -> None:
    made, chosen = reported(EVENTS), plan("two-mode-degree", mode=Mode.TWO_MODE)
    found = opened(made, chosen, "summit", "two-mode-degree")
    assert (found.rank, found.of, found.ties_in_all) == (1, 4, 6)
    assert found.ties[0].occasions[0].own[0].role == "participant"


def test_a_two_mode_measure_beside_a_folded_network() -> None:
    found = opened(reported(EVENTS), plan("degree", "two-mode-degree"), "a", "two-mode-degree")
    assert {tie.other.iri for tie in found.ties} == {"summit", "talks", "visit"}


def test_what_was_not_computed_cannot_be_opened() -> None:
    made, chosen = reported(EVENTS), plan("degree")
    with pytest.raises(CoopgraphError, match="'fame'"):
        opened(made, chosen, "a", "fame")
    with pytest.raises(CoopgraphError, match="no value"):
        opened(made, chosen, "summit", "degree")


def test_facts_are_the_evidence_of_the_projection_filled_in() -> None:
    made = affiliations([("a", "x", "D")])
    made = replace(made, roles=(terms.NS + "host",), vias=("http://v/1",), via=np.array([0], dtype=np.int32))
    evidence = ("?target ?role ?source", "?source <http://p/held> ?via .", "?target a cg:Event")
    chosen = replace(plan().projection, evidence=evidence)
    assert facts(made, chosen, 0) == (Fact("a", "http://p/held", "http://v/1"),)
    direct = replace(made, via=np.array([-1], dtype=np.int32))
    assert facts(direct, chosen, 0, base="http://here/") == (
        Fact("x", terms.NS + "host", "a"),
        Fact("x", terms.PREFIXES["rdf"] + "type", "http://here/ns#Event"),
    )
    for wrong in ("?target ?role", "?target ?role nonsense"):
        with pytest.raises(ValueError, match=r"neither|no triple"):
            facts(made, replace(chosen, evidence=(wrong,)), 0)


def test_a_rolled_up_end_is_named_as_it_was_stated() -> None:
    made = affiliations([("state", "x", "D"), ("ministry", "y", "D")])
    index = made.nodes.index()
    rolled = replace(
        made.select(made.source == index["state"]), stated_source=np.array([index["ministry"]], dtype=np.int32)
    )
    chosen = replace(plan().projection, evidence=("?target ?role ?source",))
    assert facts(rolled, chosen, 0) == (Fact("x", "participant", "ministry"),)


NAMED = Nodes.of(
    Node(terms.ID + path, "actor", "State", label, "en")
    for path, label in (
        ("actor/asean", "Association of Southeast Asian Nations"),
        ("actor/asean-council", "ASEAN Business Council"),
        ("actor/lao", "Laos"),
        ("actor/lao-ministry", "Ministry of Laos"),
        ("actor/other", "Laos"),
    )
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("actor/asean", "actor/asean"),
        (terms.ID + "actor/lao", "actor/lao"),
        ("cgid:actor/lao", "actor/lao"),
        ("ASEAN", "actor/asean"),
        (" asean  business COUNCIL ", "actor/asean-council"),
        ("Ｓoutheast", "actor/asean"),
        ("ministry", "actor/lao-ministry"),
    ],
)
def test_a_node_is_found_by_any_of_its_names(name: str, found: str) -> None:
    assert NAMED.iri[node_named(NAMED, range(len(NAMED)), name)] == terms.ID + found


def test_of_several_all_are_named() -> None:
    with pytest.raises(CoopgraphError, match=r"Laos \(cgid:actor/lao\), Laos \(cgid:actor/other\)") as raised:
        node_named(NAMED, range(len(NAMED)), "laos")
    assert raised.value.code == "request"


@pytest.mark.parametrize("name", ["Atlantis", "actor/atlantis", "", "  "])
def test_who_is_not_there_is_not_found(name: str) -> None:
    with pytest.raises(CoopgraphError) as raised:
        node_named(NAMED, range(len(NAMED)), name)
    assert raised.value.code == "not-found"


def test_names_follow_the_base_and_stay_among_those_asked_for() -> None:
    there = Nodes.of([Node("http://here/id/actor/asean", "actor", "State", "ASEAN", "en")])
    assert node_named(there, [0], "actor/asean", base="http://here/") == 0
    with pytest.raises(CoopgraphError):
        node_named(there, [], "actor/asean", base="http://here/")
