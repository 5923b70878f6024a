"""Pages as the values that the assembling rooms take, without the detour over files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.curate import values
from coopgraph.curate.ontology import OntologySource
from coopgraph.curate.source import Source
from coopgraph.curate.texts import digest
from coopgraph.model.claim import Claim, Statement
from coopgraph.model.document import Span
from coopgraph.model.ontology import Ontology
from tests.bench.generator.page import HEADER, Page, Row, Thing


def source(pages: Iterable[Page], ontology: OntologySource, *, rows: Iterable[Row], things: Iterable[Thing]) -> Source:
    """What reading the files of these pages gives; `rows` are background claims, `things` stand on no page."""
    entities = [quad for thing in things for quad in describe(thing)]
    claims = [_claim(row, "", ontology.ontology) for row in rows]
    digests: dict[Span, str] = {}
    for page in pages:
        entities += [*describe_page(page), *(quad for thing in page.things for quad in describe(thing))]
        claims += [_claim(row, page.id, ontology.ontology) for row in page.rows]
        spans = {span for row in page.rows for span in row.evidence}
        digests |= {Span(page.id, start, end): digest(page.text[start:end]) for start, end in spans}
    return Source(ontology, tuple(entities), {}, {}, tuple(claims), digests)


@dataclass(frozen=True, slots=True)
class _Subject:
    iri: NamedNode

    def says(self, predicate: NamedNode, *objects: NamedNode | Literal) -> list[Quad]:
        return [Quad(self.iri, predicate, object_) for object_ in objects]


def describe(thing: Thing) -> list[Quad]:
    """The thing's triples in the registry."""
    subject = _Subject(terms.thing(thing.path))
    labels = [Literal(text, language=language) for language, text in thing.labels.items()]
    quads = subject.says(cg.RDF_TYPE, terms.term(thing.cls)) + subject.says(cg.SKOS_PREF_LABEL, *labels)
    for predicate, value in thing.details:
        quads += subject.says(_predicate(predicate), _detail(value))
    return quads


def describe_page(page: Page) -> list[Quad]:
    """The page's entry in the bibliography, its header marked as no content."""
    document = _Subject(terms.thing(f"doc/{page.id}"))
    zone = _Subject(terms.thing(f"zone/{page.id}/0-{len(HEADER)}"))
    return [
        *document.says(cg.RDF_TYPE, cg.CLS_SOURCE_DOCUMENT),
        *document.says(cg.SKOS_PREF_LABEL, Literal(page.title, language="en")),
        *document.says(cg.CHAR_LENGTH, _integer(len(page.text))),
        *document.says(cg.TEXT_DIGEST, Literal(page.digest)),
        *document.says(cg.DCTERMS_LANGUAGE, Literal("en")),
        *zone.says(cg.RDF_TYPE, cg.CLS_EXCLUDED_ZONE),
        *zone.says(cg.IN_DOCUMENT, document.iri),
        *zone.says(cg.OA_START, _integer(0)),
        *zone.says(cg.OA_END, _integer(len(HEADER))),
        *zone.says(cg.ZONE_REASON, cg.ZONE_REASON_NAVIGATION),
    ]


def _claim(row: Row, document: str, ontology: Ontology) -> Claim:
    predicate = ontology.properties[_predicate(row.predicate)]
    statement = Statement(
        subject=_node(row.subject),
        predicate=predicate.iri,
        object=_node(row.object) if row.object else values.literal(row.value, row.lang, predicate.range),
        factuality=_node(f"factuality:{row.factuality}"),
        polarity=_node(f"polarity:{row.polarity or 'affirmed'}"),
        role=_node(f"role:{row.role}") if row.role else None,
        attributed_to=_node(row.attributed_to) if row.attributed_to else None,
        valid_from=values.date(row.valid_from) if row.valid_from else None,
        valid_until=values.date(row.valid_until) if row.valid_until else None,
    )
    spans = tuple(Span(document, start, end) for start, end in row.evidence)
    records = tuple(_node(record) for record in row.records)
    return Claim(statement, _node(f"rank:{row.rank or 'normal'}"), document, spans, records, "")


@lru_cache(maxsize=20_000)
def _node(text: str) -> NamedNode:
    return terms.concept(text) if ":" in text else terms.thing(text)


@lru_cache(maxsize=200)
def _predicate(name: str) -> NamedNode:
    prefix, _, local = name.rpartition(":")
    return NamedNode(terms.PREFIXES[prefix or "cg"] + local)


def _detail(value: str) -> NamedNode | Literal:
    if value.startswith("https:"):
        return NamedNode(value)
    return _node(value) if {":", "/"} & set(value) else Literal(value)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=values.INTEGER)
