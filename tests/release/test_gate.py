"""Changes of our own graph: what follows from assertions follows at once, and nothing stands there without evidence."""

from __future__ import annotations

import dataclasses
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from coopgraph import resources, terms
from coopgraph import vocabulary as cg
from coopgraph.assemble import recovery
from coopgraph.assemble.assertions import name
from coopgraph.assemble.dataset import derived
from coopgraph.curate.ontology import understand
from coopgraph.curate.rdf import RdfText
from coopgraph.curate.texts import Texts
from coopgraph.errors import CoopgraphError
from coopgraph.model.claim import Statement
from coopgraph.release import build, findings
from coopgraph.release.begin import begin_empty
from coopgraph.release.change import Changed, change
from coopgraph.release.edit import Edit, Post, Update
from coopgraph.release.passage import RefusedError
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify
from coopgraph.validate.gate import judge
from tests.small import DOCUMENT, Small

if TYPE_CHECKING:
    from pathlib import Path

GRAPH = terms.document_graph(DOCUMENT)
ATLANTIS, LEMURIA = terms.thing("actor/atlantis"), terms.thing("actor/lemuria")
FORUM = terms.thing("event/atlantis-forum-2031")
OTHER = "https://other.example/kg/"


def published(directory: Path, *, base: str = terms.BASE) -> Shelf:
    small = Small().write(directory)
    built = build.assemble_graph(small, resources.directory("ontology"), Texts(directory / "documents"))
    shelf = Shelf(directory / "data")
    build.release(dataclasses.replace(built, files={}), shelf, base=base)
    return shelf


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one release, to be copied."""
    return published(tmp_path_factory.mktemp("begun")).directory


@pytest.fixture
def shelf(begun: Path, tmp_path: Path) -> Shelf:
    shutil.copytree(begun, tmp_path / "data", symlinks=True)
    return Shelf(tmp_path / "data")


def quads(shelf: Shelf) -> set[Quad]:
    with shelf.open() as release:
        return set(release.quads())


def sound(shelf: Shelf) -> None:
    """The release is undamaged, everything in it follows as it should, and its findings are those of a full run."""
    assert verify(shelf) == ()
    there = quads(shelf)
    ontology = understand(quad for quad in there if quad.graph_name == DefaultGraph())
    follows = derived(recovery.stated(there, ontology), recovery.background(there, ontology), ontology)
    assert follows <= there
    for graph in (terms.PROSPECTIVE_GRAPH, terms.INFERRED_GRAPH):
        assert {quad for quad in there if quad.graph_name == graph} <= follows
    verdict = judge(sorted(there, key=str))
    with shelf.open() as release:
        assert findings.read(release.directory) == verdict.findings
        assert release.manifest.verdict == verdict.summary()
        assert release.manifest.gate == "shacl"


def asserted(predicate: NamedNode, object_: NamedNode | Literal, subject: NamedNode = FORUM) -> list[Quad]:
    """An assertion by the first words of the text that have evidence already."""
    statement = Statement(subject, predicate, object_, cg.FACTUALITY_ACTUAL, cg.POLARITY_AFFIRMED)
    iri = name(statement)
    value = cg.VALUE if isinstance(object_, Literal) else cg.OBJECT
    described = [
        (cg.RDF_TYPE, cg.CLS_ASSERTION), (cg.SUBJECT, subject), (cg.PREDICATE, predicate), (value, object_),
        (cg.FACTUALITY, cg.FACTUALITY_ACTUAL), (cg.POLARITY, cg.POLARITY_AFFIRMED), (cg.RANK, cg.RANK_NORMAL),
        (cg.STATED_IN, terms.thing(f"doc/{DOCUMENT}")),
    ]  # fmt: skip
    if predicate in {cg.HOST, cg.ATTENDEE}:
        described.append((cg.RDF_TYPE, cg.CLS_PARTICIPATION))
    return [Quad(iri, key, item, GRAPH) for key, item in described]


def with_evidence(own: list[Quad], shelf: Shelf) -> list[Quad]:
    span = next(quad.subject for quad in quads(shelf) if quad.predicate == cg.SPAN_DIGEST)
    return [*own, Quad(own[0].subject, cg.HAS_EVIDENCE, span, GRAPH)]


def insertion(*added: Quad) -> Update:
    return Update(f"INSERT DATA {{ {' '.join(map(written, added))} }}")


def removal(*gone: Quad) -> Update:
    return Update(f"DELETE DATA {{ {' '.join(map(written, gone))} }}")


def written(quad: Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object} ."
    return triple if isinstance(quad.graph_name, DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}"


def refused(shelf: Shelf, edit: Edit) -> set[str]:
    """The codes of what the refused edit would break; nothing has changed."""
    before = shelf.current()
    with pytest.raises(RefusedError) as caught:
        change(shelf, edit)
    assert shelf.current() == before
    assert caught.value.kind.http == 422
    assert not caught.value.verdict.conforms
    return {finding.code for finding in caught.value.verdict.findings}


def test_an_assertion_brings_its_facts_and_takes_them_with_it(shelf: Shelf) -> None:
    before = quads(shelf)
    own = with_evidence(asserted(cg.HOST, LEMURIA), shelf)
    told = change(shelf, insertion(*own))
    assert told.number == 2
    new = quads(shelf) - before
    assert Quad(FORUM, cg.HOST, LEMURIA) in new
    assert Quad(FORUM, cg.PARTICIPANT, LEMURIA) in new
    assert told.added == len(new)
    sound(shelf)
    assert change(shelf, removal(*own)).removed == len(new)
    assert quads(shelf) == before
    sound(shelf)


def test_a_deprecated_assertion_is_no_fact(shelf: Shelf) -> None:
    (hosting,) = (one for one in assertions(shelf) if one[1] == cg.HOST)
    assert Quad(FORUM, cg.HOST, ATLANTIS) in quads(shelf)
    text = f"DELETE {{ GRAPH ?g {{ {hosting[0]} {cg.RANK} ?r }} }} INSERT {{ GRAPH ?g {{ {hosting[0]} {cg.RANK} "
    text += f"{cg.RANK_DEPRECATED} }} }} WHERE {{ GRAPH ?g {{ {hosting[0]} {cg.RANK} ?r }} }}"
    change(shelf, Update(text))
    assert Quad(FORUM, cg.HOST, ATLANTIS) not in quads(shelf)
    sound(shelf)


def assertions(shelf: Shelf) -> list[tuple[NamedNode, NamedNode]]:
    found = (quad for quad in quads(shelf) if quad.predicate == cg.PREDICATE and quad.graph_name == GRAPH)
    return [(quad.subject, quad.object) for quad in found]  # type: ignore[misc]


@pytest.mark.parametrize("graph", [DefaultGraph(), terms.PROSPECTIVE_GRAPH, terms.BACKGROUND_GRAPH])
def test_no_fact_without_evidence(shelf: Shelf, graph: NamedNode | DefaultGraph) -> None:
    unfounded = Quad(FORUM, cg.HOST, LEMURIA, graph)
    assert refused(shelf, insertion(unfounded)) == {"W01"}
    own = asserted(cg.HOST, LEMURIA)
    assert "W01" in refused(shelf, insertion(unfounded, *own))
    with pytest.raises(RefusedError) as caught:
        change(shelf, insertion(unfounded))
    (finding,) = caught.value.verdict.findings
    assert (finding.focus, finding.path, finding.value) == (str(FORUM), str(cg.HOST), str(LEMURIA))
    assert "evidence" in finding.message
    if graph == DefaultGraph():
        change(shelf, insertion(unfounded, *with_evidence(own, shelf)))
        sound(shelf)


def test_no_inference_of_ones_own(shelf: Shelf) -> None:
    iri = terms.thing("assertion/aaaaaaaaaaaaaaaa")
    assert refused(shelf, insertion(Quad(iri, cg.SUBJECT, FORUM, terms.INFERRED_GRAPH))) == {"W01"}


@pytest.mark.parametrize("graph", [None, terms.PROSPECTIVE_GRAPH, terms.INFERRED_GRAPH])
def test_what_still_follows_cannot_be_removed(shelf: Shelf, graph: NamedNode | None) -> None:
    fact = Quad(FORUM, cg.HOST, ATLANTIS)
    gone = {fact} if graph is None else {quad for quad in quads(shelf) if quad.graph_name == graph}
    assert gone
    assert refused(shelf, removal(*gone)) == {"W02"}


def test_what_the_shapes_forbid_is_refused_with_their_report(shelf: Shelf) -> None:
    label = f"<{terms.PREFIXES['skos']}prefLabel>"
    assert refused(shelf, Update(f"DELETE {{ {ATLANTIS} {label} ?l }} WHERE {{ {ATLANTIS} {label} ?l }}"))
    assert refused(shelf, Post((RdfText(b"<a> <b> <c> .", "text/turtle", "http://e/"),), NamedNode("http://e/g")))


@pytest.mark.parametrize("graph", [DefaultGraph(), terms.BACKGROUND_GRAPH])
def test_what_no_assertion_can_say_is_said_of_no_thing(shelf: Shelf, graph: NamedNode | DefaultGraph) -> None:
    foreign, unknown = NamedNode("https://schema.org/memberOf"), NamedNode(f"{terms.NS}befriends")
    for predicate in (foreign, unknown):
        assert refused(shelf, insertion(Quad(ATLANTIS, predicate, LEMURIA, graph))) == {"W01"}
        assert refused(shelf, insertion(Quad(NamedNode("http://e/x"), predicate, LEMURIA, graph))) == {"W01"}
    # Nor by way of a property that is none of the ontology's own, yet below one of them.
    below = Quad(unknown, cg.RDFS_SUB_PROPERTY_OF, cg.PARTICIPANT)
    assert "W01" in refused(shelf, insertion(below, Quad(FORUM, unknown, LEMURIA, graph)))


def test_documents_are_described_in_any_words(shelf: Shelf) -> None:
    title = NamedNode(terms.PREFIXES["dcterms"] + "title")
    told = change(shelf, insertion(Quad(terms.thing(f"doc/{DOCUMENT}"), title, Literal("Forum"))))
    assert (told.added, told.removed) == (1, 0)
    sound(shelf)


@pytest.mark.parametrize("text", ["CLEAR ALL", f"DELETE WHERE {{ GRAPH {terms.SHAPES_GRAPH} {{ ?s ?p ?o }} }}"])
def test_nobody_takes_the_gate_away_by_taking_its_shapes(shelf: Shelf, text: str) -> None:
    assert refused(shelf, Update(text)) == {"W03"}
    dropped = f"INSERT {{ GRAPH {terms.SHAPES_GRAPH} {{ ?s ?p ?o }} }} WHERE {{ GRAPH <urn:x:kept> {{ ?s ?p ?o }} }}"
    moved = f"MOVE {terms.SHAPES_GRAPH} TO <urn:x:kept> ; {dropped} ; DROP GRAPH <urn:x:kept>"
    assert not change(shelf, Update(moved)).added


def test_things_are_described_without_evidence(shelf: Shelf) -> None:
    told = change(shelf, insertion(Quad(ATLANTIS, cg.SKOS_ALT_LABEL, Literal("Atlantis Nova", language="en"))))
    assert (told.added, told.removed) == (1, 0)
    sound(shelf)


@pytest.mark.parametrize(
    ("predicate", "graph"), [(cg.FOUNDER, terms.PROSPECTIVE_GRAPH), (cg.HOLDS_POST, terms.INFERRED_GRAPH)]
)
def test_plans_and_inferences_go_with_what_they_rest_on(shelf: Shelf, predicate: NamedNode, graph: NamedNode) -> None:
    (claim,) = (iri for iri, claimed in assertions(shelf) if claimed == predicate)
    before = {quad for quad in quads(shelf) if quad.graph_name == graph}
    change(shelf, removal(*(quad for quad in quads(shelf) if quad.subject == claim and quad.graph_name == GRAPH)))
    after = {quad for quad in quads(shelf) if quad.graph_name == graph}
    assert after < before
    assert not {quad for quad in after if claim in (quad.subject, quad.object)}
    sound(shelf)


def test_a_sub_property_more_or_less_moves_the_facts(shelf: Shelf) -> None:
    sub = Quad(cg.HOST, cg.RDFS_SUB_PROPERTY_OF, cg.ORGANIZER)
    before = quads(shelf)
    change(shelf, insertion(sub) if sub not in before else removal(sub))
    moved = Quad(FORUM, cg.ORGANIZER, ATLANTIS)
    assert (moved in quads(shelf)) is (sub not in before)
    sound(shelf)


def test_the_same_in_another_base(tmp_path: Path) -> None:
    first, second = published(tmp_path / "first"), published(tmp_path / "second", base=OTHER)
    own = with_evidence(asserted(cg.HOST, LEMURIA), first)
    here = change(first, insertion(*own))
    there = change(second, Update(insertion(*own).text.replace(terms.BASE, OTHER)))
    assert (here.digest, here.added) == (there.digest, there.added)
    sound(second)


def test_from_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    begin_empty(shelf, gate="shacl", base=terms.BASE)
    assert refused(shelf, insertion(Quad(FORUM, cg.HOST, ATLANTIS)))
    whole = quads(published(tmp_path))
    plain = [quad for quad in whole if quad not in quads(shelf)]
    text = serialize(plain, format=RdfFormat.N_QUADS) or b""
    told = change(shelf, Post((RdfText(text, "application/n-quads", "http://e/"),), None))
    assert isinstance(told, Changed)
    assert {quad for quad in quads(shelf) if "_:" not in str(quad)} == {quad for quad in whole if "_:" not in str(quad)}
    sound(shelf)


def test_the_description_is_the_services_own(shelf: Shelf) -> None:
    with pytest.raises(CoopgraphError) as caught:
        change(shelf, insertion(Quad(FORUM, cg.HOST, ATLANTIS, terms.DESCRIPTION_GRAPH)))
    assert caught.value.code == "request"
    label = Literal("Atlantis Nova", language="en")
    change(shelf, insertion(Quad(ATLANTIS, cg.SKOS_ALT_LABEL, label)))
    with shelf.open() as release:
        count = f"ASK {{ GRAPH {terms.DESCRIPTION_GRAPH} {{ ?d <http://rdfs.org/ns/void#triples> ?n }} }}"
        assert bool(release.reader.query(count))


@pytest.mark.slow
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_run_of_changes_leaves_what_follows(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    place = tmp_path_factory.mktemp("run") / "data"
    shutil.copytree(begun, place, symlinks=True)
    shelf = Shelf(place)
    for _ in range(data.draw(st.integers(1, 2))):
        there = sorted((quad for quad in quads(shelf) if quad.graph_name == GRAPH), key=str)
        gone = data.draw(st.sets(st.sampled_from(there), max_size=3)) if there else set()
        objects = st.sampled_from([ATLANTIS, LEMURIA, terms.thing("actor/coral-centre")])
        predicates = st.sampled_from([cg.HOST, cg.ATTENDEE, cg.ORGANIZER])
        new = with_evidence(asserted(data.draw(predicates), data.draw(objects)), shelf) if there else []
        edit = Update(f"{removal(*gone).text} ; {insertion(*new).text}")
        before = shelf.current()
        try:
            change(shelf, edit)
        except RefusedError:
            assert shelf.current() == before
        else:
            sound(shelf)
