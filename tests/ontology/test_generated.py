"""What is generated from the ontology is up to date and loses nothing."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyld import jsonld
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, parse, serialize
from rdflib import RDF, Graph

from coopgraph import vocabulary
from coopgraph.generate.__main__ import main, outputs, stale
from coopgraph.terms import concept, term
from tests.ontology.conftest import as_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Quad


def test_the_generated_files_are_up_to_date(root: Path) -> None:
    assert stale(outputs(root / "ontology")) == [], "run: python -m coopgraph.generate"


def test_a_stale_file_is_named_and_fails_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "coopgraph.ttl").write_text("")
    assert main(["--check", "--ontology", str(tmp_path)]) == 1
    assert str(tmp_path / "context.jsonld") in capsys.readouterr().err
    assert not (tmp_path / "context.jsonld").exists()


def test_constants_stand_for_terms_of_the_ontology(tbox: Graph, vocabularies: Graph) -> None:
    assert term("host") == vocabulary.HOST
    assert term("Meeting") == vocabulary.CLS_MEETING
    assert concept("factuality:actual") == vocabulary.FACTUALITY_ACTUAL
    known = {str(subject) for graph in (tbox, vocabularies) for subject in graph.subjects(RDF.type)}
    values = [value for name, value in vars(vocabulary).items() if name.isupper() and isinstance(value, NamedNode)]
    assert len(values) > 150
    ours = {value.value for value in values if value.value.startswith("https://w3id.org/coopgraph/")}
    assert ours <= known


@pytest.fixture(scope="module")
def context(root: Path) -> Any:
    return json.loads((root / "ontology" / "context.jsonld").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def compact(context: Any) -> Callable[[Graph], Any]:
    def run(graph: Graph) -> Any:
        return jsonld.compact(jsonld.from_rdf(graph.serialize(format="nt")), context)

    return run


@pytest.mark.slow
def test_the_context_loses_nothing(compact: Callable[[Graph], Any], quads: list[Quad]) -> None:
    # One document's assertions and all facts with a literal: every key of the context that can lose a datatype.
    documents = Counter(str(quad.graph_name) for quad in quads if "/graph/doc/" in str(quad.graph_name))
    shortest = documents.most_common()[-1][0]
    everything = as_graph([quad for quad in quads if str(quad.graph_name) == shortest or is_literal_fact(quad)])
    back = Graph().parse(data=jsonld.to_rdf(compact(everything), {"format": "application/n-quads"}), format="nt")
    assert set(back) == set(everything)


def is_literal_fact(quad: Quad) -> bool:
    return quad.graph_name == DefaultGraph() and isinstance(quad.object, Literal)


def test_another_reader_of_json_ld_finds_the_same(compact: Callable[[Graph], Any], root: Path) -> None:
    topics = Graph().parse(root / "ontology" / "vocab" / "topic.ttl")
    quads = parse(json.dumps(compact(topics)), format=RdfFormat.JSON_LD)
    written = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert set(Graph().parse(data=written, format="nt")) == set(topics)


def test_the_context_keeps_the_precision_of_dates(compact: Callable[[Graph], Any]) -> None:
    turtle = """
        @prefix cg: <https://w3id.org/coopgraph/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <https://w3id.org/coopgraph/id/event/x> a cg:Meeting ; cg:startDate "2019-11"^^xsd:gYearMonth ;
            cg:notBefore "2019-11-01"^^xsd:date ; cg:editionNumber 22 ;
            cg:host <https://w3id.org/coopgraph/id/actor/y> .
        <https://w3id.org/coopgraph/id/quantity/z> a cg:Target ; cg:numericValue 30.5 ; cg:dueYear 2045 ;
            cg:unit <https://w3id.org/coopgraph/vocab/unit/rank> .
        <https://w3id.org/coopgraph/id/assertion/a> cg:predicate cg:host .
    """
    graph = Graph().parse(data=turtle, format="turtle")
    document = compact(graph)
    nodes = {node["id"]: node for node in document["@graph"]}
    event, target = nodes["cgid:event/x"], nodes["cgid:quantity/z"]
    assert event["startDate"] == {"type": "xsd:gYearMonth", "@value": "2019-11"}
    assert event["editionNumber"] == "22"
    assert event["host"] == ["cgid:actor/y"]
    assert target["unit"] in ("cgv:unit/rank", ["cgv:unit/rank"])
    assert nodes["cgid:assertion/a"]["predicate"] in ("host", ["host"])
    back = Graph().parse(data=jsonld.to_rdf(document, {"format": "application/n-quads"}), format="nt")
    assert set(back) == set(graph)
