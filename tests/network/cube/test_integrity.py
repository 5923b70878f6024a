"""The data cube keeps the constraints that the W3C recommendation states for well-formed cubes."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.network.cube import cube
from coopgraph.store.memory import MemoryReader
from tests import shipped
from tests.network.report.made import SUMMIT, of_shipped, report

if TYPE_CHECKING:
    from coopgraph.network.report import CentralityReport

HEAD = """
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
# Each asks whether the constraint of this number is broken.
BROKEN = {
    "IC-1": "?o a qb:Observation . OPTIONAL { ?o qb:dataSet ?one, ?two FILTER(?one != ?two) } "
    "FILTER(BOUND(?two) || NOT EXISTS { ?o qb:dataSet ?any . ?any a qb:DataSet })",
    "IC-2": "?set a qb:DataSet . OPTIONAL { ?set qb:structure ?one, ?two FILTER(?one != ?two) } "
    "FILTER(BOUND(?two) || NOT EXISTS { ?set qb:structure ?any . ?any a qb:DataStructureDefinition })",
    "IC-3": "?dsd a qb:DataStructureDefinition "
    "FILTER NOT EXISTS { ?dsd qb:component/qb:measure ?m . ?m a qb:MeasureProperty }",
    "IC-4": "?dimension a qb:DimensionProperty FILTER NOT EXISTS { ?dimension rdfs:range ?any }",
    "IC-5": "?dimension a qb:DimensionProperty ; rdfs:range skos:Concept "
    "FILTER NOT EXISTS { ?dimension qb:codeList ?any }",
    "IC-6": "?part qb:componentRequired false "
    "FILTER NOT EXISTS { ?part qb:attribute ?any . ?any a qb:AttributeProperty }",
    "IC-11": "?o qb:dataSet/qb:structure/qb:component/qb:dimension ?dimension FILTER NOT EXISTS { ?o ?dimension ?any }",
    "IC-12": "?one qb:dataSet ?set . ?other qb:dataSet ?set FILTER(STR(?one) < STR(?other)) FILTER NOT EXISTS { "
    "?set qb:structure/qb:component/qb:dimension ?d . ?one ?d ?first . ?other ?d ?second FILTER(?first != ?second) }",
    "IC-13": "?part qb:componentRequired true ; qb:attribute ?attribute . ?dsd qb:component ?part . "
    "?o qb:dataSet/qb:structure ?dsd FILTER NOT EXISTS { ?o ?attribute ?any }",
    "IC-14": "?o qb:dataSet/qb:structure/qb:component/qb:measure ?measure FILTER NOT EXISTS { ?o ?measure ?any }",
}


@cache
def small() -> CentralityReport:
    """The report on a small network whose nodes have IRIs."""
    found = report(SUMMIT)
    rows = (dataclasses.replace(row, iri=f"{terms.ID}actor/{row.iri}") for row in found.rows)
    return dataclasses.replace(found, rows=tuple(rows))


@cache
def quads() -> tuple[Quad, ...]:
    """The cube of a small network, with the terms of the ontology, as one graph."""
    own = (Quad(*quad.triple) for quad in parse(cube(small()), RdfFormat.TRIG))
    return tuple(
        dict.fromkeys([*own, *(Quad(q.subject, q.predicate, q.object) for q in shipped.source().ontology.terms)])
    )


def broken(code: str, found: tuple[Quad, ...]) -> bool:
    return bool(MemoryReader(found).query(f"{HEAD} ASK {{ {BROKEN[code]} }}"))


@pytest.mark.parametrize("code", BROKEN)
def test_a_constraint_holds(code: str) -> None:
    assert any(quad.object == cg.QB_OBSERVATION for quad in quads())
    assert not broken(code, quads())


def without(predicate: str, *, last: bool = False) -> tuple[Quad, ...]:
    """The cube without the first (or every) statement of this property."""
    wanted = NamedNode(predicate)
    held = [quad for quad in quads() if quad.predicate == wanted]
    gone = set(held) if last else {held[0]}
    return tuple(quad for quad in quads() if quad not in gone)


QB = terms.PREFIXES["qb"]


@pytest.mark.parametrize(
    ("code", "predicate"),
    [
        ("IC-1", QB + "dataSet"),
        ("IC-2", QB + "structure"),
        ("IC-3", QB + "measure"),
        ("IC-11", cg.IN_PERIOD.value),
        ("IC-13", cg.CENTRALITY_RANK.value),
        ("IC-14", cg.CENTRALITY_VALUE.value),
    ],
)
def test_a_cube_that_breaks_it_is_noticed(code: str, predicate: str) -> None:
    assert broken(code, without(predicate))


def test_two_observations_of_the_same_are_noticed() -> None:
    (first, *_) = [quad for quad in quads() if quad.predicate == cg.OF_NODE and quad.object != cg.OF_NODE]
    of_first = [quad for quad in quads() if quad.subject == first.subject]
    twin = [Quad(NamedNode("urn:x:twin"), quad.predicate, quad.object) for quad in of_first]
    assert broken("IC-12", (*quads(), *twin))


def test_the_numbers_are_those_of_the_report() -> None:
    found = of_shipped("co-participation")
    store = MemoryReader(parse(cube(found), RdfFormat.TRIG))
    said = {}
    for node, measure, value, rank in store.query(
        f"SELECT ?n ?m ?v ?r {{ GRAPH <{terms.MEASURES_GRAPH.value}> "
        "{ ?o <https://w3id.org/coopgraph/ns#ofNode> ?n ; <https://w3id.org/coopgraph/ns#byMeasure> ?m ; "
        "<https://w3id.org/coopgraph/ns#centralityValue> ?v ; <https://w3id.org/coopgraph/ns#centralityRank> ?r } }"
    ):  # type: ignore[misc]
        said[node.value, measure.value] = (float(value.value), int(rank.value))
    assert said == {
        (row.iri, score.measure): (score.value, score.rank)
        for row in found.rows
        for score in row.scores
        if score.value is not None
    }


def test_the_same_report_gives_the_same_bytes_and_provenance_tells_all() -> None:
    found = small()
    assert cube(found) == cube(found)
    triples = [quad.triple for quad in parse(cube(found), RdfFormat.TRIG)]
    used = {triple.object for triple in triples if triple.predicate.value.endswith("prov#used")}
    digests = {triple.object for triple in triples if triple.subject in used}
    assert digests == {Literal(found.source.digest)}
    labels = {str(triple.object) for triple in triples if triple.predicate == cg.RDFS_LABEL}
    assert any("coopgraph " in label for label in labels)
    (told,) = {triple.object.value for triple in triples if triple.predicate.value.endswith("terms/description")}
    assert "rule=newman" in told
    assert "seed=0" in told


def test_small_values_have_no_exponent() -> None:
    text = cube(small())
    values = [quad.object.value for quad in parse(text, RdfFormat.TRIG) if quad.predicate == cg.CENTRALITY_VALUE]
    assert values
    assert not [value for value in values if "e" in value.lower()]
