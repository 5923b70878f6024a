"""A small hand-made release for tests: two fictional documents, plans, denials and every kind of literal."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from coopgraph import terms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST, SECOND = "00000000000000aa", "00000000000000bb"
TEXTS = {
    FIRST: "Atlantis hosted the Tide Forum. Lemuria came, and so did 雷姆利亚 Institute and Zoë O'Brien.\n"
    "Mu was absent.",
    SECOND: "At the Reef Talks, Atlantis met Lemuria. They plan a Coral Summit. The Tide Forum had Lemuria in it.",
}
XSD = terms.PREFIXES["xsd"]

_KINDS = ("actor", "event", "framework", "instrument", "pillar", "quantity", "utterance")
_NAMES = terms.PREFIXES | {kind: f"{terms.ID}{kind}/" for kind in _KINDS}
_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in _NAMES.items())
_BODY = """
cg:Person rdfs:subClassOf cg:Actor . cg:Organization rdfs:subClassOf cg:Actor .
cg:State rdfs:subClassOf cg:Organization .
cg:ActorGroup rdfs:subClassOf cg:Actor . cg:Meeting rdfs:subClassOf cg:Event .
cg:host rdfs:subPropertyOf cg:participant ; rdfs:label "host"@en . cg:speaker rdfs:subPropertyOf cg:participant .
cg:attendee rdfs:subPropertyOf cg:participant . cg:participant rdfs:label "participant"@en .
actor:atlantis a cg:State , cg:Organization ; skos:prefLabel "Atlantis"@en , "亚特兰蒂斯"@zh-hans ;
    cg:identification <https://w3id.org/coopgraph/vocab/identification/named> ; cg:iso3166Alpha2 "XA" .
actor:lemuria a cg:State ; skos:prefLabel "Lemuria"@en .
actor:institute a cg:Organization ; skos:prefLabel "雷姆利亚 Institute"@zh-hans .
actor:zoe a cg:Person ; skos:prefLabel "Zoë \\"Z\\" O'Brien"@en ; cg:title "H.E." .
actor:crowd a cg:ActorGroup ; skos:prefLabel "Fishers & <friends>"@en ;
    cg:identification <https://w3id.org/coopgraph/vocab/identification/unnamed> .
actor:mu a cg:State ; skos:prefLabel "Mu"@en .
event:tide-forum a cg:Meeting ; skos:prefLabel "Tide Forum"@en ; cg:editionNumber 3 ;
    cg:startDate "2031-05"^^xsd:gYearMonth ; cg:notBefore "2031-05-01"^^xsd:date .
event:reef-talks a cg:Meeting ; skos:prefLabel "Reef Talks"@en ;
    cg:startDate "2030"^^xsd:gYear ; cg:partOfEvent event:tide-forum .
event:solo a cg:Event ; skos:prefLabel "Solo Speech"@en .
event:coral-summit a cg:Meeting ; skos:prefLabel "Coral Summit"@en .
utterance:u1 a cg:Utterance ; skos:prefLabel "Tides matter"@en ; cg:verbatim false .
quantity:q1 a cg:Figure ; skos:prefLabel "A share"@en ; cg:numericValue 12.5 .
framework:f1 a cg:Framework ; skos:prefLabel "Three tides"@en ;
    cg:hasPillar pillar:p1 , pillar:p2 , pillar:p3 .
pillar:p1 a cg:Pillar ; skos:prefLabel "zeal"@en ; cg:position 1 .
pillar:p2 a cg:Pillar ; skos:prefLabel "calm"@en ; cg:position 2 .
pillar:p3 a cg:Pillar ; skos:prefLabel "ardour"@en ; cg:position 3 .
instrument:pact a cg:Agreement ; skos:prefLabel "Reef Pact"@en , "Pakt Terumbu"@ms ;
    cg:party actor:atlantis , actor:lemuria ;
    cg:signatory actor:atlantis , actor:lemuria .
_:list rdfs:label "a blank node"@en ; rdfs:seeAlso [ rdfs:label "another" ] .
"""

# subject, predicate, object, document, start, end, factuality, polarity, rank
_CLAIMS = (
    ("tide-forum", "host", "atlantis", FIRST, 0, 31, "actual", "affirmed", "normal"),
    ("tide-forum", "attendee", "lemuria", FIRST, 32, 45, "actual", "affirmed", "normal"),
    ("tide-forum", "attendee", "lemuria", SECOND, 67, 100, "actual", "affirmed", "normal"),
    ("tide-forum", "attendee", "institute", FIRST, 45, 74, "actual", "affirmed", "normal"),
    ("tide-forum", "speaker", "zoe", FIRST, 45, 89, "actual", "affirmed", "normal"),
    ("tide-forum", "attendee", "mu", FIRST, 91, 105, "actual", "denied", "normal"),
    ("tide-forum", "attendee", "crowd", SECOND, 67, 100, "actual", "affirmed", "deprecated"),
    ("reef-talks", "attendee", "atlantis", SECOND, 0, 40, "actual", "affirmed", "normal"),
    ("reef-talks", "attendee", "lemuria", SECOND, 0, 40, "actual", "affirmed", "normal"),
    ("solo", "speaker", "crowd", SECOND, 41, 66, "actual", "affirmed", "normal"),
    ("coral-summit", "host", "lemuria", SECOND, 41, 66, "prospective", "affirmed", "normal"),
    ("coral-summit", "attendee", "mu", SECOND, 41, 66, "prospective", "affirmed", "normal"),
)


def quads() -> list[Quad]:
    """All quads of the release."""
    found = list(parse(_HEAD + _BODY, format=RdfFormat.TRIG))
    for number, claim in enumerate(_CLAIMS):
        found.extend(_claim(f"a{number:02}", claim))
    for document, text in TEXTS.items():
        iri = terms.thing(f"doc/{document}")
        found += [
            Quad(iri, NamedNode(terms.PREFIXES["rdf"] + "type"), terms.term("SourceDocument")),
            Quad(
                iri, NamedNode(terms.PREFIXES["skos"] + "prefLabel"), Literal(f"Report {document[-2:]}", language="en")
            ),
            Quad(iri, terms.term("textDigest"), Literal(_digest(text))),
        ]
    return list(dict.fromkeys(found))


def write_texts(directory: Path) -> Path:
    """Write the documents into the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for document, text in TEXTS.items():
        (directory / f"000_{document}.txt").write_bytes(text.encode())
    return directory


def _claim(name: str, claim: tuple[str, str, str, str, int, int, str, str, str]) -> Iterator[Quad]:
    event, predicate, actor, document, start, end, factuality, polarity, rank = claim
    graph = terms.document_graph(document)
    assertion, span = terms.thing(f"assertion/{name}"), terms.span(document, start, end)
    subject, object_ = terms.thing(f"event/{event}"), terms.thing(f"actor/{actor}")
    oa = terms.PREFIXES["oa"]
    for predicate_, value in (
        (terms.term("subject"), subject),
        (terms.term("predicate"), terms.term(predicate)),
        (terms.term("object"), object_),
        (terms.term("factuality"), terms.concept(f"factuality:{factuality}")),
        (terms.term("polarity"), terms.concept(f"polarity:{polarity}")),
        (terms.term("rank"), terms.concept(f"rank:{rank}")),
        (terms.term("statedIn"), terms.thing(f"doc/{document}")),
        (terms.term("hasEvidence"), span),
        (NamedNode(terms.PREFIXES["rdf"] + "type"), terms.term("Participation")),
    ):
        yield Quad(assertion, predicate_, value, graph)
    yield Quad(span, NamedNode(terms.PREFIXES["rdf"] + "type"), terms.term("TextSpan"), graph)
    yield Quad(span, terms.term("inDocument"), terms.thing(f"doc/{document}"), graph)
    yield Quad(span, terms.term("spanDigest"), Literal(_digest(TEXTS[document][start:end])), graph)
    yield Quad(span, NamedNode(oa + "start"), Literal(start), graph)
    yield Quad(span, NamedNode(oa + "end"), Literal(end), graph)
    if polarity == "affirmed" and rank != "deprecated":
        for property_ in (predicate, "participant"):
            if factuality == "actual":
                yield Quad(subject, terms.term(property_), object_)
            else:
                yield Quad(subject, terms.term(property_), object_, terms.PROSPECTIVE_GRAPH)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
