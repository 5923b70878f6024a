"""Ties of the shipped networks, each asked for a second time by a query of its own."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from pyoxigraph import QuerySolutions

from coopgraph import terms
from coopgraph.network import fold
from coopgraph.network.evidence import evidence, statements
from coopgraph.network.selection import Selection, select
from tests import shipped

PREFIX = "PREFIX cg: <https://w3id.org/coopgraph/ns#> PREFIX a: <https://w3id.org/coopgraph/id/actor/> "


def ask(query: str) -> set[tuple[str, ...]]:
    answer = shipped.reader().query(PREFIX + query)
    assert isinstance(answer, QuerySolutions)
    return {tuple(getattr(value, "value", "") for value in solution) for solution in answer}


def ties(name: str, **options: object) -> dict[tuple[str, str], float]:
    selection = Selection.of(name, **options)  # type: ignore[arg-type]
    rows = select(shipped.reader(), selection).affiliations
    network = fold.network(rows, selection.projection.mode, selection.rule)
    iri = network.nodes.iri
    ends = zip(network.source.tolist(), network.target.tolist(), strict=True)
    return {(iri[one], iri[other]): value for (one, other), value in zip(ends, network.strengths.values, strict=True)}


@pytest.mark.parametrize(
    ("name", "property_"), [("co-participation", "participant"), ("co-signature", "party"), ("partnership", "partner")]
)
def test_two_are_tied_by_what_they_share(name: str, property_: str) -> None:
    expected = ask(
        f"SELECT ?x ?y (COUNT(DISTINCT ?t) AS ?n) {{ ?t cg:{property_} ?x , ?y FILTER(STR(?x) < STR(?y)) }} "
        "GROUP BY ?x ?y"
    )
    found = ties(name, rule="simple")
    assert {(one, other, str(int(shared))) for (one, other), shared in found.items()} == expected


def test_newman_shares_out_one_for_each_actor_and_event_with_others() -> None:
    found = ties("co-participation")
    pairs = ask("SELECT ?e ?x { ?e cg:participant ?x . FILTER EXISTS { ?e cg:participant ?y FILTER(?x != ?y) } }")
    assert 2 * sum(found.values()) == pytest.approx(len(pairs))


def test_representation_goes_from_the_one_to_the_other() -> None:
    expected = ask(
        "SELECT DISTINCT ?x ?y { { ?x cg:represents|cg:memberOf|cg:partOf|cg:affiliatedWith ?y } "
        "UNION { ?x cg:holdsPost/cg:postIn ?y } }"
    )
    found = ties("representation-and-membership")
    assert set(found) == expected
    assert (terms.ID + "actor/ndrc", terms.ID + "actor/china") in found
    assert (terms.ID + "actor/china", terms.ID + "actor/ndrc") not in found


def test_a_person_is_tied_to_where_the_post_is() -> None:
    expected = {frozenset(pair) for pair in ask("SELECT ?x ?y { ?x cg:holdsPost/cg:postIn ?y }")}
    assert {frozenset(pair) for pair in ties("person-organisation")} == expected


def test_a_framework_has_the_topics_of_its_pillars() -> None:
    expected = {frozenset(pair) for pair in ask("SELECT ?x ?y { ?x a cg:Framework ; cg:hasPillar?/cg:topic ?y }")}
    assert {frozenset(pair) for pair in ties("framework-topic")} == expected


def test_plans_are_tied_as_the_prospective_graph_has_them() -> None:
    expected = ask(
        "SELECT DISTINCT ?x ?y { GRAPH <https://w3id.org/coopgraph/graph/prospective> "
        "{ ?t cg:participant ?x , ?y FILTER(STR(?x) < STR(?y)) } }"
    )
    found = ties("co-participation-prospective")
    assert set(found) == expected
    planned, held = (
        select(shipped.reader(), Selection.of(name)).affiliations for name in ("actor-event-prospective", "actor-event")
    )
    events = ({rows.nodes.iri[place] for place in rows.targets().tolist()} for rows in (planned, held))
    assert not set.intersection(*events)


def test_countries_meet_through_those_who_act_for_them() -> None:
    found = ties("countries", rule="simple")
    china, malaysia = terms.ID + "actor/china", terms.ID + "actor/malaysia"
    # Who acts for either is told in several ways; each event at which somebody does for both counts once.
    acting = (
        "{{ ?e cg:participant {0} }} UNION {{ ?e cg:participant/(cg:represents|cg:nationality|cg:partOf|cg:holdsPost"
        "/cg:postIn/cg:partOf*|cg:affiliatedWith)+ {0} }}"
    )
    events = ask(f"SELECT DISTINCT ?e {{ {{ {acting.format('a:china')} }} {{ {acting.format('a:malaysia')} }} }}")
    ambiguous = terms.ID + "actor/ai-roundtable-2025-ministers-and-officials"
    assert found[china, malaysia] == len(events)
    assert any(ambiguous in pair for pair in found)


def test_a_rolled_up_tie_still_names_those_who_were_there() -> None:
    selection = Selection.of("countries")
    rows = select(shipped.reader(), selection).affiliations
    network = fold.network(rows, selection.projection.mode, selection.rule)
    iri = rows.nodes.iri
    named: set[str] = set()
    for tie in range(network.m):
        if network.nodes.iri[network.source[tie]].endswith("actor/cambodia"):
            assert rows.stated_source is not None
            named |= {iri[place] for place in rows.stated_source[statements(rows, network, tie)].tolist()}
    assert terms.ID + "actor/vongsey-vissoth" in named


def test_a_slice_keeps_what_lies_in_it_for_certain() -> None:
    selection = Selection.of("actor-event", since=date(2025, 6, 1), until=date(2025, 12, 31))
    chosen = select(shipped.reader(), selection)
    events = {chosen.affiliations.nodes.iri[place].rpartition("/")[2] for place in chosen.affiliations.targets()}
    # The expo is dated 2025, no more; the session with the United Nations only ends by the end of that year.
    assert events == {"china-asean-ministerial-roundtable-ai-2025"}
    assert chosen.timing.possible > 0
    assert chosen.timing.undated > 0
    everything = select(shipped.reader(), Selection.of("actor-event"))
    assert sum((chosen.timing.certain, chosen.timing.possible, chosen.timing.outside, chosen.timing.undated)) == len(
        everything.affiliations
    )


def test_documents_and_publishers_of_ties_as_asked_by_sparql() -> None:
    selection = Selection.of("actor-event")
    rows = select(shipped.reader(), selection).affiliations
    network = fold.network(rows, selection.projection.mode, selection.rule)
    counts = evidence(rows, network)
    expected = ask(
        "PREFIX dcterms: <http://purl.org/dc/terms/> "
        "SELECT ?x ?e (COUNT(DISTINCT ?d) AS ?n) (COUNT(DISTINCT ?p) AS ?m) { ?e cg:participant ?x . "
        "GRAPH ?g { ?s cg:subject ?e ; cg:object ?x ; cg:statedIn ?d ; "
        "cg:polarity <https://w3id.org/coopgraph/vocab/polarity/affirmed> ; "
        "cg:factuality <https://w3id.org/coopgraph/vocab/factuality/actual> } ?d dcterms:publisher ?p } GROUP BY ?x ?e"
    )
    iri = network.nodes.iri
    found = {
        (iri[one], iri[other], str(documents), str(publishers))
        for one, other, documents, publishers in zip(
            network.source, network.target, counts.documents, counts.publishers, strict=True
        )
    }
    assert found == expected
    assert np.all(counts.targets == 1)
