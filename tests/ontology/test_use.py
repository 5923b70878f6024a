"""No term and no concept without a use: the data, a competency question or a closed list of values needs each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from coopgraph import terms

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

CG = Namespace(terms.NS)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CONCEPT = re.compile(r"(?:cgv:|/vocab/)([a-z0-9-]+)\\?/([a-z0-9-]+)")


def concepts_in(text: str) -> set[URIRef]:
    """The concepts that a query or a shape names."""
    return {URIRef(f"{terms.VOCAB}{scheme}/{slug}") for scheme, slug in CONCEPT.findall(text)}


@pytest.fixture(scope="module")
def questions(root: Path) -> set[URIRef]:
    """The terms and concepts in the competency questions."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in (root / "ontology" / "questions").glob("*.rq"))
    return concepts_in(text) | {CG[name] for name in re.findall(r"\bcg:(\w+)", text)}


@pytest.fixture(scope="module")
def values(root: Path) -> set[URIRef]:
    """The concepts in the shapes: a closed list names each value that a claim may have, used today or not."""
    files = (root / "ontology" / "shapes").glob("*.ttl")
    return concepts_in("\n".join(file.read_text(encoding="utf-8") for file in files))


@pytest.fixture(scope="module")
def used(data: Graph, vocabularies: Graph, tbox: Graph, questions: set[URIRef], values: set[URIRef]) -> set[str]:
    """Every IRI in use, and what stands above it in a hierarchy."""
    nodes: set[Node] = {node for triple in data for node in triple} | questions | values
    nodes |= set(vocabularies.predicates())
    above = {RDFS.subClassOf: tbox, RDFS.subPropertyOf: tbox, SKOS.broader: vocabularies}
    return {str(top) for up, graph in above.items() for node in nodes for top in graph.transitive_objects(node, up)}


def test_each_term_is_used(tbox: Graph, used: set[str]) -> None:
    own = {str(term) for kind in KINDS for term in tbox.subjects(RDF.type, kind) if str(term).startswith(terms.NS)}
    assert sorted(own - used) == []


def test_each_concept_is_used(vocabularies: Graph, used: set[str]) -> None:
    assert sorted(set(map(str, vocabularies.subjects(RDF.type, SKOS.Concept))) - used) == []


def test_everything_that_is_used_exists(
    data: Graph, tbox: Graph, vocabularies: Graph, questions: set[URIRef], values: set[URIRef]
) -> None:
    known = {str(node) for graph in (tbox, vocabularies) for node in graph.subjects()}
    named = {str(node) for triple in data for node in triple} | set(map(str, questions | values))
    assert sorted(iri for iri in named - known if iri.startswith((terms.NS, terms.VOCAB))) == []
