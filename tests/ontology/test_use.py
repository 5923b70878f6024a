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
PREFIX = re.compile(r"prefix\s+([\w-]*):\s*<([^>]+)>", re.IGNORECASE)


def named_in(directory: Path, pattern: str) -> set[URIRef]:
    """The IRIs that these queries or shapes name, in full or with a prefix."""
    found: set[str] = set()
    for file in directory.glob(pattern):
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r"<(https?://[^>\s]+)>", text))
        for prefix, namespace in PREFIX.findall(text):
            names = re.findall(rf"(?<![\w:-]){re.escape(prefix)}:((?:[\w-]|\\/)+)", text)
            found |= {namespace + name.replace("\\", "") for name in names}
    return {URIRef(iri) for iri in found}


@pytest.fixture(scope="module")
def questions(root: Path) -> set[URIRef]:
    """The terms and concepts in the competency questions."""
    return named_in(root / "ontology" / "questions", "*.rq")


@pytest.fixture(scope="module")
def values(root: Path) -> set[URIRef]:
    """The concepts in the shapes: a closed list names each value that a claim may have, used today or not."""
    named = named_in(root / "ontology" / "shapes", "*.ttl")
    return {iri for iri in named if iri.startswith(terms.VOCAB)}


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
    known = {str(node) for graph in (tbox, vocabularies) for node in graph.subjects()} | {terms.NS}
    known |= {str(scheme) + "/" for scheme in vocabularies.subjects(RDF.type, SKOS.ConceptScheme)}
    named = {str(node) for triple in data for node in triple} | set(map(str, questions | values))
    assert sorted(iri for iri in named - known if iri.startswith((terms.NS, terms.VOCAB))) == []
