"""Each term has one label, one definition and one example of its own, and stands where a reader would look for it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD, BNode, Graph, Literal, Namespace, URIRef

from coopgraph import terms
from tests.ontology.conftest import texts

if TYPE_CHECKING:
    from rdflib.term import Node

CG = Namespace(terms.NS)
BIBO = Namespace("http://purl.org/ontology/bibo/")
ONTOLOGY = URIRef(terms.ONTOLOGY.value)
PROPERTY_KINDS = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
KINDS = {OWL.Class, *PROPERTY_KINDS}
DATATYPES = {XSD.integer, XSD.decimal, XSD.boolean, XSD.string}


def own(tbox: Graph) -> list[URIRef]:
    return sorted({term for term in tbox.subjects(RDF.type) if isinstance(term, URIRef) and term.startswith(CG)})


def local(term: Node) -> str:
    return str(term).removeprefix(terms.NS)


@pytest.mark.parametrize("about", [RDFS.label, SKOS.definition, SKOS.example])
def test_each_term_is_explained_once_in_english(tbox: Graph, about: URIRef) -> None:
    found = {local(term): [text.language for text in texts(tbox, term, about)] for term in own(tbox)}
    assert {name: languages for name, languages in found.items() if languages != ["en"]} == {}


def test_each_term_says_where_it_is_defined_and_has_one_kind(tbox: Graph) -> None:
    assert [term for term in own(tbox) if list(tbox.objects(term, RDFS.isDefinedBy)) != [ONTOLOGY]] == []
    kinds = {term: set(tbox.objects(term, RDF.type)) for term in own(tbox)}
    assert {term: kind for term, kind in kinds.items() if len(kind) != 1 or not kind <= KINDS} == {}


@pytest.mark.parametrize("about", [RDFS.label, SKOS.definition, SKOS.example])
def test_no_two_terms_share_a_text(tbox: Graph, about: URIRef) -> None:
    counts = Counter(text.casefold() for term in own(tbox) for text in texts(tbox, term, about))
    assert [text for text, count in counts.items() if count > 1] == []


def test_labels_are_the_local_names_in_words(tbox: Graph) -> None:
    for term in own(tbox):
        label = str(tbox.value(term, RDFS.label))
        assert re.fullmatch(r"[a-z][a-z ]*|(ISO|UN) [\w -]+", label), label
        if label[0].islower():
            assert label.replace(" ", "").casefold() == local(term).casefold()


def test_names_follow_one_convention(tbox: Graph) -> None:
    for term in own(tbox):
        pattern = r"[A-Z][A-Za-z]+" if (term, RDF.type, OWL.Class) in tbox else r"[a-z][A-Za-z0-9]+"
        assert re.fullmatch(pattern, local(term)), term
    names = Counter(local(term).casefold() for term in own(tbox))
    assert [name for name, count in names.items() if count > 1] == []


def test_definitions_are_sentences_that_do_not_repeat_the_label(tbox: Graph) -> None:
    for term in own(tbox):
        definition = str(tbox.value(term, SKOS.definition))
        label = str(tbox.value(term, RDFS.label))
        assert definition[0].isupper(), definition
        assert definition.endswith("."), definition
        assert not re.match(rf"(An?|The) {label}\b", definition), definition


def test_properties_have_at_most_one_domain_and_one_range(tbox: Graph) -> None:
    # Several would mean their intersection, which hardly anybody who writes two of them means.
    for term in own(tbox):
        for about in (RDFS.domain, RDFS.range):
            assert len(list(tbox.objects(term, about))) <= 1, term


def test_every_name_that_is_used_is_declared(tbox: Graph) -> None:
    structural = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith}
    used = {object_ for predicate in structural for object_ in tbox.objects(None, predicate)} - DATATYPES
    language = tuple(terms.PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl"))
    used |= {predicate for predicate in tbox.predicates() if not str(predicate).startswith(language)}
    declared = set(tbox.subjects(RDF.type))
    assert used - declared == set()


def test_only_the_portable_datatypes_are_ranges(tbox: Graph) -> None:
    literal = [term for term in own(tbox) if (term, RDF.type, OWL.DatatypeProperty) in tbox]
    ranges = {range_ for term in literal for range_ in tbox.objects(term, RDFS.range)}
    assert ranges <= DATATYPES
    things = [term for term in own(tbox) if (term, RDF.type, OWL.ObjectProperty) in tbox]
    assert not {range_ for term in things for range_ in tbox.objects(term, RDFS.range)} & DATATYPES


@pytest.mark.parametrize("up", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_hierarchies_have_no_circles(tbox: Graph, up: URIRef) -> None:
    for term in own(tbox):
        above = [node for parent in tbox.objects(term, up) for node in tbox.transitive_objects(parent, up)]
        assert term not in above


def test_sub_properties_agree_with_their_super_property(tbox: Graph) -> None:
    for term in own(tbox):
        for parent in tbox.objects(term, RDFS.subPropertyOf):
            if not str(parent).startswith(CG):
                continue
            for about in (RDFS.domain, RDFS.range):
                inherited = tbox.value(parent, about)
                narrow = tbox.value(term, about)
                if inherited is not None:
                    assert narrow is not None, term
                    assert inherited in set(tbox.transitive_objects(narrow, RDFS.subClassOf)), term


def test_every_class_belongs_to_one_kind_or_says_why_not(tbox: Graph) -> None:
    def top(term: URIRef) -> set[str]:
        above = {str(node) for node in tbox.transitive_objects(term, RDFS.subClassOf) if str(node).startswith(CG)}
        return {local(URIRef(node)) for node in above} & kinds

    disjoint = defaultdict(set)
    for left, right in tbox.subject_objects(OWL.disjointWith):
        disjoint[left].add(right)
        disjoint[right].add(left)
    kinds = {local(term) for term, others in disjoint.items() if len(others) >= 14}
    assert len(kinds) == 15
    classes = [term for term in own(tbox) if (term, RDF.type, OWL.Class) in tbox]
    assert {local(term) for term in classes if len(top(term)) != 1} == {"LifecycleEntity"}


def test_nothing_stands_alone(tbox: Graph) -> None:
    joined: set[Node] = set()
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
        for left, right in tbox.subject_objects(predicate):
            joined |= {left, right}
    # These relate anything to literals of any kind, or a concept to a property.
    free = {"object", "value", "startDate", "endDate", "notBefore", "notAfter", "roleProperty"}
    assert {local(term) for term in own(tbox) if term not in joined} <= free


def test_there_are_no_blank_nodes(tbox: Graph, vocabularies: Graph) -> None:
    assert [node for graph in (tbox, vocabularies) for node in graph.all_nodes() if isinstance(node, BNode)] == []


def test_matches_point_at_terms_of_others_and_never_at_refused_superclasses(tbox: Graph) -> None:
    for about in (SKOS.closeMatch, SKOS.relatedMatch):
        for object_ in tbox.objects(None, about):
            assert not str(object_).startswith(terms.BASE)
    refused = {"http://www.w3.org/ns/prov#Activity", "http://www.w3.org/ns/org#OrganizationalCollaboration"}
    assert not refused & {str(object_) for object_ in tbox.objects(None, RDFS.subClassOf)}


def test_the_header_tells_what_a_registry_of_ontologies_asks(tbox: Graph) -> None:
    assert list(tbox.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    for about in (
        *(DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.publisher, DCTERMS.license),
        *(DCTERMS.created, DCTERMS.issued, DCTERMS.modified, DCTERMS.bibliographicCitation),
        *(OWL.versionIRI, OWL.versionInfo, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri, BIBO.status),
    ):
        assert len(list(tbox.objects(ONTOLOGY, about))) == 1, about
    version = str(tbox.value(ONTOLOGY, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert tbox.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert tbox.value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(terms.NS)
    assert list(tbox.objects(ONTOLOGY, OWL.imports)) == []
