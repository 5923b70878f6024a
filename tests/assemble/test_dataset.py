"""From claims to quads."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from coopgraph import resources, terms
from coopgraph import vocabulary as cg
from coopgraph.assemble.dataset import assemble, trig
from coopgraph.curate.source import read_source
from coopgraph.curate.texts import Texts
from tests.small import DOCUMENT, SAID, Small, row

if TYPE_CHECKING:
    from pathlib import Path

FORUM = terms.thing("event/atlantis-forum-2031")
ATLANTIS = terms.thing("actor/atlantis")
LEMURIA = terms.thing("actor/lemuria")
CENTRE = terms.thing("actor/coral-centre")
DEFAULT = DefaultGraph()


def quads(directory: Path, small: Small) -> set[Quad]:
    source = read_source(small.write(directory), resources.directory("ontology"), Texts(directory / "documents"))
    return set(assemble(source))


def graphs(found: set[Quad], subject: NamedNode, predicate: NamedNode, object_: NamedNode | Literal) -> set[str]:
    """The graphs that hold a triple."""
    return {
        quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        for quad in found
        if (quad.subject, quad.predicate, quad.object) == (subject, predicate, object_)
    }


def test_what_happened_is_a_fact_and_closed_under_super_properties(tmp_path: Path) -> None:
    found = quads(tmp_path, Small())
    assert graphs(found, FORUM, cg.HOST, ATLANTIS) == {""}
    assert graphs(found, FORUM, cg.PARTICIPANT, ATLANTIS) == {""}


def test_a_plan_is_never_a_fact(tmp_path: Path) -> None:
    found = quads(tmp_path, Small())
    assert graphs(found, CENTRE, cg.FOUNDER, LEMURIA) == {terms.PROSPECTIVE_GRAPH.value}


def test_what_is_denied_deprecated_or_hypothetical_is_projected_nowhere(tmp_path: Path) -> None:
    for cells in ({"polarity": "denied"}, {"rank": "deprecated"}, {"factuality": "hypothetical"}):
        small = Small()
        small.rows[4] |= cells
        found = quads(tmp_path, small)
        assert graphs(found, FORUM, cg.HOST, ATLANTIS) == set()
        # The speaker's fact rests on another line and stays.
        assert graphs(found, FORUM, cg.SPEAKER, terms.thing("actor/ada-reed")) == {""}


def test_a_preferred_claim_beats_a_normal_one_of_the_same_subject_and_property(tmp_path: Path) -> None:
    small = Small()
    small.rows.append(row("event/atlantis-forum-2031", "host", "actor/lemuria", rank="preferred"))
    found = quads(tmp_path, small)
    assert graphs(found, FORUM, cg.HOST, LEMURIA) == {""}
    assert graphs(found, FORUM, cg.HOST, ATLANTIS) == set()


def test_each_assertion_stands_in_the_graph_of_its_document_with_its_span(tmp_path: Path) -> None:
    found = quads(tmp_path, Small())
    graph = terms.document_graph(DOCUMENT)
    (assertion,) = {
        quad.subject
        for quad in found
        if quad.predicate == cg.OBJECT and quad.object == LEMURIA and quad.graph_name == graph
    }
    start, end = (int(part) for part in SAID.split("-"))
    span = terms.span(DOCUMENT, start, end)
    assert Quad(assertion, cg.HAS_EVIDENCE, span, graph) in found
    assert Quad(assertion, cg.RDF_TYPE, cg.CLS_PARTICIPATION, graph) in found
    assert Quad(assertion, cg.FACTUALITY, cg.FACTUALITY_PROSPECTIVE, graph) in found


def test_holders_of_posts_are_affiliated_and_the_rule_names_its_premises(tmp_path: Path) -> None:
    found = quads(tmp_path, Small())
    reed = terms.thing("actor/ada-reed")
    assert graphs(found, reed, cg.AFFILIATED_WITH, ATLANTIS) == {""}
    inferred = {quad for quad in found if quad.graph_name == terms.INFERRED_GRAPH}
    (assertion,) = {quad.subject for quad in inferred if quad.object == cg.AFFILIATED_WITH}
    (inference,) = {quad.object for quad in inferred if quad.subject == assertion and quad.predicate == cg.HAS_EVIDENCE}
    premises = {
        quad.object for quad in inferred if quad.subject == inference and quad.predicate == cg.PROV_WAS_DERIVED_FROM
    }
    properties = {quad.object for quad in found if quad.subject in premises and quad.predicate == cg.PREDICATE}
    assert properties == {cg.HOLDS_POST, cg.POST_IN}


def test_dates_get_bounds_unless_the_text_gives_them(tmp_path: Path) -> None:
    small = Small()
    small.rows[6] |= {"value": "2031-05"}
    small.rows.append(row("event/atlantis-forum-2031", "notAfter", value="2031-05-10"))
    found = quads(tmp_path, small)
    day = NamedNode(terms.PREFIXES["xsd"] + "date")
    assert graphs(found, FORUM, cg.NOT_BEFORE, Literal("2031-05-01", datatype=day)) == {""}
    assert graphs(found, FORUM, cg.NOT_AFTER, Literal("2031-05-10", datatype=day)) == {""}
    assert graphs(found, FORUM, cg.NOT_AFTER, Literal("2031-05-31", datatype=day)) == set()


def test_background_stays_in_its_own_graph(tmp_path: Path) -> None:
    small = Small()
    small.entities["records"] = (
        '\n<https://w3id.org/coopgraph/id/record/list> a cg:ExternalRecord ; skos:prefLabel "A list"@en .\n'
    )
    graph = small.write(tmp_path)
    header = ",".join(row("", "", "").keys())
    (graph / "claims" / "background.csv").write_text(
        f"{header}\nactor/atlantis,memberOf,actor/coral-centre,,,,actual,,,,1967,,record/list,\n"
    )
    source = read_source(graph, resources.directory("ontology"), Texts(tmp_path / "documents"))
    found = set(assemble(source))
    assert graphs(found, ATLANTIS, cg.MEMBER_OF, CENTRE) == {terms.BACKGROUND_GRAPH.value}


def test_the_order_of_rows_and_files_changes_nothing(tmp_path: Path) -> None:
    source = read_source(Small().write(tmp_path), resources.directory("ontology"), Texts(tmp_path / "documents"))
    expected = trig(assemble(source))
    chance = random.Random(11)
    for _ in range(5):
        claims = list(source.claims)
        entities = list(source.entities)
        chance.shuffle(claims)
        chance.shuffle(entities)
        from dataclasses import replace

        assert trig(assemble(replace(source, claims=tuple(claims), entities=tuple(entities)))) == expected


def test_the_written_graph_reads_back_as_the_same_quads(tmp_path: Path) -> None:
    found = quads(tmp_path, Small())
    content = trig(sorted(found, key=str))
    without_blanks = {quad for quad in found if "_:" not in str(quad)}
    again = {quad for quad in parse(content, RdfFormat.TRIG) if "_:" not in str(quad)}
    assert again == without_blanks
