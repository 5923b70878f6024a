"""No term and no concept without a use: data or a competency question needs each of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from coopgraph import terms
from coopgraph.vocabulary import RULE_DATE_BOUNDS, RULE_POST_AFFILIATION

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

CG = Namespace(terms.NS)
BUILT = {
    CG[name]
    for name in (
        *("Assertion", "Participation", "Tenure", "Membership", "StatusAssertion", "TextSpan", "Inference"),
        *("subject", "predicate", "object", "value", "hasEvidence", "statedIn", "factuality", "polarity", "rank"),
        *("inDocument", "spanDigest", "derivedBy", "affiliatedWith"),
    )
} | {URIRef(rule.value) for rule in (RULE_DATE_BOUNDS, RULE_POST_AFFILIATION)}
"""Terms and rules of the assertions, spans and inferences that the build writes."""

COLUMNS = {"role": "role", "attributed_to": "attributedTo", "valid_from": "validFrom", "valid_until": "validUntil"}
"""The columns of the claims tables that become triples, with their property."""


@pytest.fixture(scope="module")
def words(root: Path) -> set[URIRef]:
    """The terms and concepts in the competency questions."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in (root / "ontology" / "questions").glob("*.rq"))
    found = {CG[name] for name in re.findall(r"\bcg:(\w+)", text)}
    paths = re.findall(r"(?:cgv:|/vocab/)([a-z0-9-]+)\\?/([a-z0-9-]+)", text)
    return found | {URIRef(f"{terms.VOCAB}{scheme}/{slug}") for scheme, slug in paths}


@pytest.fixture(scope="module")
def cells(rows: list[dict[str, str]]) -> set[URIRef]:
    """The terms and concepts in the columns of the claims tables that qualify a claim."""
    found = {CG[property_] for row in rows for column, property_ in COLUMNS.items() if row[column]}
    for column, default in (("role", ""), ("factuality", ""), ("polarity", "affirmed"), ("rank", "normal")):
        slugs = {row[column].rpartition(":")[2] or default for row in rows}
        found |= {URIRef(f"{terms.VOCAB}{column}/{slug}") for slug in slugs if slug}
    return found


@pytest.fixture(scope="module")
def used(data: Graph, vocabularies: Graph, tbox: Graph, cells: set[URIRef], words: set[URIRef]) -> set[Node]:
    """Every IRI in the data or in a question, and what stands above it in a hierarchy."""
    nodes: set[Node] = {node for triple in data for node in triple} | cells | words | BUILT
    nodes |= set(vocabularies.predicates())
    above = {RDFS.subClassOf: tbox, RDFS.subPropertyOf: tbox, SKOS.broader: vocabularies}
    found = {parent for up, graph in above.items() for node in nodes for parent in graph.transitive_objects(node, up)}
    return {node for node in found if node is not None}


def test_each_term_is_used(tbox: Graph, used: set[Node]) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    own = {str(term) for kind in kinds for term in tbox.subjects(RDF.type, kind) if str(term).startswith(terms.NS)}
    assert sorted(own - set(map(str, used))) == []


def test_each_concept_is_used(vocabularies: Graph, used: set[Node]) -> None:
    concepts = set(map(str, vocabularies.subjects(RDF.type, SKOS.Concept)))
    assert sorted(concepts - set(map(str, used))) == []


def test_everything_that_is_used_exists(data: Graph, tbox: Graph, vocabularies: Graph) -> None:
    known = {str(node) for graph in (tbox, vocabularies) for node in graph.subjects()}
    named = {str(node) for triple in data for node in triple}
    assert sorted(iri for iri in named - known if iri.startswith((terms.NS, terms.VOCAB))) == []
