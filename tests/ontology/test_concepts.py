"""The vocabularies are sound SKOS, each concept explained, each in the scheme that its address names."""

from __future__ import annotations

from collections import Counter

from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Namespace, URIRef

from coopgraph import terms
from tests.ontology.conftest import texts

CG = Namespace(terms.NS)
LANGUAGES = {"en", "de", "zh-Hans"}
VERIFIED = {(URIRef(terms.VOCAB + "topic/artificial-intelligence"), URIRef("http://eurovoc.europa.eu/3030"))}


def concepts(vocabularies: Graph) -> list[URIRef]:
    return sorted(node for node in vocabularies.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef))


def test_each_scheme_has_a_title_and_a_description(vocabularies: Graph) -> None:
    schemes = set(vocabularies.subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes
    for scheme in schemes:
        for about in (DCTERMS.title, DCTERMS.description, SKOS.prefLabel):
            assert [text.language for text in texts(vocabularies, scheme, about)] == ["en"], scheme


def test_each_concept_is_in_the_scheme_that_its_address_names(vocabularies: Graph) -> None:
    for concept in concepts(vocabularies):
        scheme, slug = concept.removeprefix(terms.VOCAB).split("/")
        assert terms.SLUG.fullmatch(slug), concept
        assert list(vocabularies.objects(concept, SKOS.inScheme)) == [URIRef(terms.VOCAB + scheme)]
        assert (URIRef(terms.VOCAB + scheme), RDF.type, SKOS.ConceptScheme) in vocabularies


def test_each_concept_has_one_english_label_and_definition_and_at_most_one_label_a_language(
    vocabularies: Graph,
) -> None:
    for concept in concepts(vocabularies):
        languages = Counter(label.language for label in texts(vocabularies, concept, SKOS.prefLabel))
        assert languages["en"] == 1, concept
        assert max(languages.values()) == 1, concept
        assert set(languages) <= LANGUAGES, concept
        definitions = texts(vocabularies, concept, SKOS.definition)
        assert [text.language for text in definitions] == ["en"], concept
        assert str(definitions[0]).endswith("."), concept


def test_no_label_or_definition_is_used_twice_in_a_scheme(vocabularies: Graph) -> None:
    for about in (SKOS.prefLabel, SKOS.definition):
        seen = Counter(
            (vocabularies.value(concept, SKOS.inScheme), text.casefold(), text.language)
            for concept in concepts(vocabularies)
            for text in texts(vocabularies, concept, about)
        )
        assert [key for key, count in seen.items() if count > 1] == []


def test_each_concept_is_a_top_concept_or_has_one_broader_one_in_its_scheme(vocabularies: Graph) -> None:
    for concept in concepts(vocabularies):
        scheme = vocabularies.value(concept, SKOS.inScheme)
        broader = list(vocabularies.objects(concept, SKOS.broader))
        tops = list(vocabularies.objects(concept, SKOS.topConceptOf))
        assert len(broader) + len(tops) == 1, concept
        assert ((scheme, SKOS.hasTopConcept, concept) in vocabularies) == bool(tops), concept
        assert all(vocabularies.value(parent, SKOS.inScheme) == scheme for parent in broader), concept


def test_no_concept_is_broader_than_itself(vocabularies: Graph) -> None:
    for concept in concepts(vocabularies):
        above = [
            node
            for parent in vocabularies.objects(concept, SKOS.broader)
            for node in vocabularies.transitive_objects(parent, SKOS.broader)
        ]
        assert concept not in above


def test_statuses_are_numbered_in_order(vocabularies: Graph) -> None:
    scheme = URIRef(terms.VOCAB + "status")
    numbers = [
        int(str(number))
        for concept in vocabularies.subjects(SKOS.inScheme, scheme)
        for number in vocabularies.objects(concept, SKOS.notation)
    ]
    assert len(numbers) == len(set(vocabularies.subjects(SKOS.topConceptOf, scheme)))
    assert len(set(numbers)) == len(numbers)


def test_each_role_refines_a_property_for_a_part_in_something(vocabularies: Graph, tbox: Graph) -> None:
    for concept in vocabularies.subjects(SKOS.inScheme, URIRef(terms.VOCAB + "role")):
        refined = list(vocabularies.objects(concept, CG.roleProperty))
        assert len(refined) == 1, concept
        assert (refined[0], RDF.type, OWL.ObjectProperty) in tbox, concept


def test_only_verified_concepts_of_others_are_matched(vocabularies: Graph) -> None:
    assert set(vocabularies.subject_objects(SKOS.exactMatch)) <= VERIFIED
    for about in (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch):
        assert list(vocabularies.subject_objects(about)) == []
