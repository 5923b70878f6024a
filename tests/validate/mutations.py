"""For each rule one change of the world that breaks that rule and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pyoxigraph import BlankNode, Literal

from tests.validate.world import DOCUMENT, OTHER_DOCUMENT, PROPOSAL_SPAN, SPAN, Edit, iri, literal

Change = Callable[[Edit], object]

FORUM, NEXT, FAIR, PANEL = "event/azur-forum-2031", "event/azur-forum-2033", "event/azur-fair", "event/azur-panel"
CENTRE, PEARL, REED = "actor/coral-centre", "actor/pearl-works", "actor/ada-reed"
PACT, CURRENT, PLAN = "instrument/coral-pact", "instrument/current-pact", "instrument/tide-plan"
FRAMEWORK, PILLAR = "framework/three-currents", "pillar/three-currents-3"
WISH, WELCOME = "utterance/reed-centre", "utterance/reed-welcome"
TARGET, FIGURE = "quantity/gauges-2040", "quantity/guests"
ZONE = f"zone/{DOCUMENT}/0-22"
IN_DOCUMENT = f"doc/{DOCUMENT}"
TOPIC = "topic:data"
SEEN, CUBE = "observation/1", "dataset/centrality-1"
_FOUND: dict[str, Change] = {}


def breaks(code: str) -> Callable[[Change], Change]:
    """Name the rule that a change breaks."""

    def note(change: Change) -> Change:
        assert code not in _FOUND
        _FOUND[code] = change
        return change

    return note


def denied(world: Edit) -> str:
    """An assertion that no plain triple depends on."""
    return world.assertion(PLAN, "cg:topic")


def inference(world: Edit) -> str:
    return next(
        str(quad.subject)[1:-1].rpartition("/id/")[2] for quad in world.quads if quad.predicate == iri("cg:derivedBy")
    )


def concept(world: Edit, curie: str, *, scheme: str = "topic", label: str = "new", definition: str = "x") -> None:
    """Add a concept; an empty part is left out."""
    world.add(curie, "rdf:type", "skos:Concept")
    if scheme:
        world.add(curie, "skos:inScheme", f"<https://w3id.org/coopgraph/vocab/{scheme}>")
    if label:
        world.add(curie, "skos:prefLabel", Literal(label, language="en"))
    if definition:
        world.add(curie, "skos:definition", Literal(definition, language="en"))


def zone(world: Edit, start: int, end: int) -> None:
    path = f"zone/{DOCUMENT}/{start}-{end}"
    world.add(path, "rdf:type", "cg:ExcludedZone")
    world.add(path, "cg:inDocument", IN_DOCUMENT)
    world.add(path, "oa:start", literal(str(start), "integer"))
    world.add(path, "oa:end", literal(str(end), "integer"))
    world.add(path, "cg:zoneReason", "zone-reason:credit")


def named(world: Edit, path: str, cls: str, label: str) -> None:
    world.add(path, "rdf:type", cls)
    world.add(path, "skos:prefLabel", Literal(label, language="en"))


def pillar(world: Edit, framework: str, path: str, position: int) -> None:
    named(world, path, "cg:Pillar", f"Pillar {position}")
    world.claim(framework, "cg:hasPillar", path)
    world.claim(path, "cg:position", literal(str(position), "integer"))
    world.claim(path, "cg:topic", TOPIC)


def framework(world: Edit, path: str, pillars: int) -> None:
    named(world, path, "cg:Framework", "Another framework")
    world.claim(FAIR, "cg:setsOut", path)
    for position in range(1, pillars + 1):
        pillar(world, path, f"pillar/other-{position}", position)


def swap(subject: str, predicate: str, object_: str | Literal) -> Change:
    return lambda world: world.put(subject, predicate, object_)


def without(subject: str, predicate: str) -> Change:
    return lambda world: world.take(subject, predicate)


def withdrawn(subject: str, predicate: str, object_: str | Literal | None = None) -> Change:
    return lambda world: world.unclaim(subject, predicate, object_)


def claimed(subject: str, predicate: str, object_: str | Literal, factuality: str = "actual") -> Change:
    return lambda world: world.claim(subject, predicate, object_, factuality)


def renamed(old: str, new: str) -> Change:
    return lambda world: world.rewrite(f"/id/{old}>", f"/id/{new}>")


def untyped(subject: str, predicate: str, cls: str) -> Change:
    return lambda world: world.take(world.assertion(subject, predicate), "rdf:type", cls)


def maybe(predicate: str, subject: str) -> Change:
    """A hypothesis that uses a concept of the wrong scheme."""
    return claimed(subject, predicate, "place-type:city", "hypothetical")


SIMPLE: Final[dict[str, Change]] = {
    "A01": without("place/lemuria", "skos:prefLabel"),
    "A02": lambda world: world.add("place/lemuria", "skos:prefLabel", Literal("Mu", language="en")),
    "A03": swap("place/lemuria", "skos:prefLabel", literal("Lemuria")),
    "A04": lambda world: world.add("place/lemuria", "skos:altLabel", Literal("Lemuria", language="en")),
    "A05": lambda world: world.add("place/lemuria", "skos:hiddenLabel", Literal("Lemuria", language="en")),
    "A06": lambda world: world.add("place/lemuria", "skos:altLabel", literal("Mu")),
    "A10": without("actor/guests", "cg:identification"),
    "A11": swap(PEARL, "cg:identification", "identification:unnamed"),
    "A14": without("actor/lemuria", "cg:iso3166Alpha2"),
    "A15": swap("actor/lemuria", "cg:iso3166Alpha2", literal("xb")),
    "A16": swap("actor/atlantis", "cg:iso3166Alpha3", literal("XA")),
    "A17": swap("actor/atlantis", "cg:unM49", literal("91")),
    "A18": swap("actor/lemuria", "cg:iso3166Alpha2", literal("XA")),
    "A19": lambda world: world.add("actor/atlantis", "cg:hasTerritory", "place/lemuria"),
    "B01": lambda world: world.add(denied(world), "cg:subject", PACT, graph=IN_DOCUMENT),
    "B02": lambda world: without(denied(world), "cg:predicate")(world),
    "B03": lambda world: without(denied(world), "cg:object")(world),
    "B05": lambda world: without(denied(world), "cg:factuality")(world),
    "B06": lambda world: without(denied(world), "cg:polarity")(world),
    "B07": lambda world: world.add(denied(world), "cg:rank", "rank:preferred", graph=IN_DOCUMENT),
    "B08": lambda world: world.put(denied(world), "cg:predicate", "<http://xmlns.com/foaf/0.1/topic>"),
    "B09": lambda world: world.put(denied(world), "cg:predicate", "cg:eventType"),
    "B10": lambda world: world.put(world.assertion(FORUM, "cg:host"), "cg:role", "role:co-organiser"),
    "B12": untyped(FORUM, "cg:speaker", "cg:Participation"),
    "B13": untyped(REED, "cg:holdsPost", "cg:Tenure"),
    "B14": untyped("actor/atlantis", "cg:memberOf", "cg:Membership"),
    "B15": untyped(FAIR, "cg:status", "cg:StatusAssertion"),
    "B16": lambda world: world.add(denied(world), "rdf:type", "cg:Participation", graph=IN_DOCUMENT),
    "B17": without(FAIR, "cg:partOfEvent"),
    "B18": lambda world: world.add(FAIR, "cg:heldIn", "place/port-azur"),
    "B19": lambda world: world.add(NEXT, "cg:startDate", literal("2033-05", "gYearMonth")),
    "B20": lambda world: world.put(
        world.assertion("actor/atlantis", "cg:memberOf"), "cg:validFrom", literal("1999", "integer")
    ),
    "B21": lambda world: world.put(
        world.assertion("actor/atlantis", "cg:memberOf"), "cg:validUntil", literal("1998", "gYear")
    ),
    "B22": claimed(FORUM, "cg:startDate", literal("2031-05", "gYearMonth")),
    "P01": claimed(PEARL, "cg:heldIn", "place/port-azur"),
    "P02": claimed(FORUM, "cg:heldIn", "actor/atlantis", "prospective"),
    "P03": claimed(REED, "cg:title", Literal("Dame", language="en")),
    "P04": claimed(FORUM, "cg:heldIn", literal("Port Azur"), "prospective"),
    "P05": claimed(FORUM, "cg:dateText", "place/port-azur", "hypothetical"),
    "C01": without(ZONE, "cg:inDocument"),
    "C02": without(ZONE, "oa:start"),
    "C03": without(ZONE, "oa:end"),
    "C04": lambda world: zone(world, 5, 5),
    "C05": lambda world: zone(world, 500, 5000),
    "C06": swap(SPAN, "cg:spanDigest", literal("0123")),
    "C08": without(IN_DOCUMENT, "cg:charLength"),
    "C09": swap(IN_DOCUMENT, "cg:textDigest", literal("0" * 63)),
    "C10": swap(IN_DOCUMENT, "dcterms:language", literal("English")),
    "C13": without("record/league-members", "dcterms:source"),
    "C15": lambda world: without(inference(world), "cg:derivedBy")(world),
    "C16": lambda world: without(inference(world), "prov:wasDerivedFrom")(world),
    "C17": without(ZONE, "cg:zoneReason"),
    "C18": lambda world: zone(world, 25, 40),
    "C19": lambda world: world.add(SPAN, "oa:exact", literal("met"), graph=IN_DOCUMENT),
    "C20": lambda world: world.add(IN_DOCUMENT, "dcterms:publisher", Literal("Gazette", language="en")),
    "D01": claimed(NEXT, "cg:endDate", literal("2033", "integer"), "hypothetical"),
    "D02": claimed(NEXT, "cg:notAfter", literal("2033-05", "gYearMonth"), "hypothetical"),
    "D10": withdrawn(FAIR, "cg:status"),
    "D11": claimed(FAIR, "cg:status", "status:completed"),
    "E01": withdrawn(CURRENT, "cg:agreeingParty", "actor/league"),
    "E02": withdrawn("instrument/azur-statement", "cg:issuer"),
    "E03": claimed(CURRENT, "cg:signatory", PEARL),
    "E04": withdrawn("instrument/tide-vision", "cg:issuer"),
    "E06": claimed("event/pact-signing", "cg:signs", PLAN),
    "E07": claimed(FORUM, "cg:adopts", CURRENT),
    "E08": claimed(PACT, "cg:references", PACT),
    "F01": lambda world: framework(world, "framework/other", 1),
    "F02": withdrawn(PILLAR, "cg:position"),
    "F07": withdrawn(PILLAR, "cg:topic"),
    "F08": withdrawn(FORUM, "cg:setsOut"),
    "U01": withdrawn(WELCOME, "cg:utteredBy"),
    "U02": withdrawn(WELCOME, "cg:speechAct"),
    "U03": withdrawn(WELCOME, "cg:verbatim"),
    "U04": claimed(WELCOME, "cg:proposes", CENTRE),
    "Q01": withdrawn(FIGURE, "cg:numericValue"),
    "Q02": withdrawn(FIGURE, "cg:unit"),
    "Q03": withdrawn(FIGURE, "cg:comparator"),
    "Q04": withdrawn(FIGURE, "cg:indicator"),
    "Q05": withdrawn(FIGURE, "cg:measuredEntity"),
    "Q06": withdrawn(TARGET, "cg:dueYear"),
    "Q07": withdrawn(TARGET, "cg:setBy"),
    "V01": lambda world: concept(world, "topic:new", scheme=""),
    "V02": lambda world: concept(world, "topic:new", label=""),
    "V03": lambda world: concept(world, "topic:new", definition=""),
    "V04": lambda world: concept(world, "topic:new", label="data"),
    "V07": lambda world: concept(world, "status:new", scheme="status"),
    "V08": lambda world: concept(world, "role:new", scheme="role"),
    "V10": maybe("cg:status", FAIR),
    "V11": maybe("cg:speechAct", WELCOME),
    "V12": maybe("cg:topic", FAIR),
    "V13": maybe("cg:emphasis", PILLAR),
    "V14": maybe("cg:comparator", FIGURE),
    "V15": maybe("cg:unit", FIGURE),
    "V16": maybe("cg:indicator", FIGURE),
    "V18": swap(ZONE, "cg:zoneReason", TOPIC),
    "V19": lambda world: world.put(inference(world), "cg:derivedBy", TOPIC),
    "V20": swap(FORUM, "cg:eventType", TOPIC),
    "V21": swap(PACT, "cg:instrumentType", TOPIC),
    "V22": swap("undertaking/tide-gauge", "cg:undertakingType", TOPIC),
    "V23": swap("actor/tide-ministry", "cg:actorType", TOPIC),
    "V24": swap("place/port-azur", "cg:placeType", TOPIC),
    "G01": lambda world: named(world, "series/other", "cg:EventSeries", "Other series"),
    "G02": claimed(FORUM, "cg:outcome", "event/unknown", "hypothetical"),
    "G03": lambda world: world.add("place/lemuria", "rdf:type", "<https://schema.org/Place>"),
    "G04": claimed("actor/atlantis", "cg:partOf", "actor/tide-ministry"),
    "G05": claimed("place/atlantis", "cg:within", "place/port-azur"),
    "G06": claimed(FORUM, "cg:partOfEvent", FAIR),
    "S01": renamed("actor/guests", "actor/The_Guests"),
    "S02": renamed(FAIR, "event/azur--fair"),
    "S03": renamed("series/azur-forum", "series/Azur"),
    "S04": renamed(PLAN, "event/tide-plan"),
    "S05": renamed("undertaking/tide-gauge", "undertaking/tide_gauge"),
    "S06": renamed(FRAMEWORK, "pillar/three-currents"),
    "S07": renamed(PILLAR, "pillar/Sharing"),
    "S08": renamed("post/harbour-master", "post/harbour-"),
    "S09": renamed("place/lemuria", "place/Lemuria"),
    "S10": lambda world: world.rewrite(OTHER_DOCUMENT, OTHER_DOCUMENT[:-1] + "g"),
    "S11": renamed("doc/book-of-tides", "doc/Book"),
    "S12": renamed(WELCOME, "utterance/Welcome"),
    "S13": renamed(FIGURE, "quantity/Guests"),
    "S14": renamed("record/league-members", "record/league/members"),
    "S15": lambda world: renamed(denied(world), "assertion/denied")(world),
    "S16": lambda world: renamed(inference(world), "inference/one")(world),
    "S17": renamed(SPAN, f"span/{DOCUMENT}/middle"),
    "S18": renamed(ZONE, f"zone/{DOCUMENT}/top"),
    "K01": swap("place/lemuria", "skos:prefLabel", Literal("Atlantis", language="en")),
    "K02": swap(SPAN, "oa:end", literal("61", "integer")),
    "K03": lambda world: world.add("place/lemuria", "dcterms:created", literal("1.50", "decimal")),
    "K04": lambda world: world.add("place/lemuria", "dcterms:created", literal("2031-05-05T00:00:00Z", "dateTime")),
    "K05": lambda world: world.add(denied(world), "cg:rank", "rank:normal"),
    "K06": lambda world: world.add(FAIR, "cg:status", "status:held", graph="elsewhere"),
    "K07": lambda world: world.add(denied(world), "cg:statedIn", IN_DOCUMENT, graph=f"doc/{OTHER_DOCUMENT}"),
    "K08": lambda world: world.add(NEXT, "cg:heldIn", "place/port-azur", graph="prospective"),
    "K09": without(NEXT, "cg:startDate"),
    "K10": lambda world: world.add("actor/lemuria", "cg:memberOf", "actor/league"),
    "K11": lambda world: world.add(BlankNode("x"), "dcterms:title", literal("x"), graph="background"),
}
MEASURED: Final = {
    "N01": without(SEEN, "qb:dataSet"),
    "N03": without(SEEN, "cg:byMeasure"),
    "N04": without(SEEN, "cg:inProjection"),
    "N05": without(SEEN, "cg:ofRelease"),
    "N06": swap(SEEN, "cg:inPeriod", literal("2031")),
    "N02": without(SEEN, "cg:ofNode"),
    "N07": without(SEEN, "cg:centralityValue"),
    "N08": without(SEEN, "cg:centralityRank"),
    "N09": swap(SEEN, "cg:bestRank", literal("3", "integer")),
    "N10": without(CUBE, "qb:structure"),
    "N11": without(CUBE, "prov:wasGeneratedBy"),
    "N12": swap("observation/2", "cg:ofNode", "actor/atlantis"),
}
_FOUND.update(SIMPLE)
_FOUND.update(MEASURED)


@breaks("A12")
def _(world: Edit) -> None:
    world.unclaim("actor/harbour-master", "cg:holdsPost")
    world.take("post/harbour-master", "rdf:type")


@breaks("A13")
def _(world: Edit) -> None:
    named(world, "actor/low", "cg:Person", "Low")
    world.add("actor/low", "cg:identification", "identification:named")
    world.claim(PANEL, "cg:speaker", "actor/low")


@breaks("B04")
def _(world: Edit) -> None:
    world.take(denied(world), "cg:hasEvidence")
    world.take(denied(world), "cg:statedIn")


@breaks("B11")
def _(world: Edit) -> None:
    world.claim(FORUM, "cg:attendee", PEARL, roles=("role:attending-dignitary", "role:delegate"))


@breaks("P06")
def _(world: Edit) -> None:
    world.claim(WELCOME, "cg:refersTo", literal("the fair"), "hypothetical", through="cg:object")


@breaks("P07")
def _(world: Edit) -> None:
    world.claim(PEARL, "skos:altLabel", "place/lemuria", "hypothetical", through="cg:value")


@breaks("C07")
def _(world: Edit) -> None:
    path, graph = f"span/{DOCUMENT}/100-110", IN_DOCUMENT
    world.add(path, "rdf:type", "cg:TextSpan", graph=graph)
    world.add(path, "cg:inDocument", IN_DOCUMENT, graph=graph)
    world.add(path, "oa:start", literal("100", "integer"), graph=graph)
    world.add(path, "oa:end", literal("110", "integer"), graph=graph)
    world.add(path, "cg:spanDigest", literal("0" * 64), graph=graph)


@breaks("C11")
def _(world: Edit) -> None:
    path = "doc/ffffffffffffffff"
    named(world, path, "cg:SourceDocument", "Unread")
    world.add(path, "cg:charLength", literal("10", "integer"))
    world.add(path, "cg:textDigest", literal("0" * 64))
    world.add(path, "dcterms:language", literal("en"))


@breaks("C12")
def _(world: Edit) -> None:
    world.add(denied(world), "cg:statedIn", f"doc/{OTHER_DOCUMENT}", graph=f"doc/{OTHER_DOCUMENT}")


@breaks("C14")
def _(world: Edit) -> None:
    named(world, "record/unused", "cg:ExternalRecord", "Unused")
    world.add("record/unused", "dcterms:source", "<https://example.org/>")


@breaks("D03")
def _(world: Edit) -> None:
    world.claim(NEXT, "cg:notBefore", literal("2040-01-02", "date"), "hypothetical")
    world.claim(NEXT, "cg:notAfter", literal("2040-01-01", "date"), "hypothetical")


@breaks("D04")
def _(world: Edit) -> None:
    world.claim(NEXT, "cg:startDate", literal("2040-02", "gYearMonth"), "hypothetical")
    world.claim(NEXT, "cg:endDate", literal("2040-01-31", "date"), "hypothetical")


@breaks("D12")
def _(world: Edit) -> None:
    world.unclaim(PANEL, "cg:status")
    world.claim(PANEL, "cg:status", "status:planned")


@breaks("D13")
def _(world: Edit) -> None:
    world.unclaim(NEXT, "cg:editionNumber")
    world.claim(NEXT, "cg:editionNumber", literal("1", "integer"))


@breaks("E05")
def _(world: Edit) -> None:
    world.unclaim(CURRENT, "cg:status")
    world.claim(CURRENT, "cg:status", "status:signed", span=PROPOSAL_SPAN)
    world.claim(CURRENT, "cg:signatory", "actor/atlantis")


@breaks("F03")
def _(world: Edit) -> None:
    world.unclaim(PILLAR, "cg:position")
    world.claim(PILLAR, "cg:position", literal("4", "integer"))


@breaks("F04")
def _(world: Edit) -> None:
    world.unclaim(PILLAR, "cg:position")
    world.claim(PILLAR, "cg:position", literal("2", "integer"))


@breaks("F05")
def _(world: Edit) -> None:
    world.unclaim(FRAMEWORK, "cg:declaredPillarCount")
    world.claim(FRAMEWORK, "cg:declaredPillarCount", literal("4", "integer"))


@breaks("F06")
def _(world: Edit) -> None:
    framework(world, "framework/other", 2)
    world.claim("framework/other", "cg:hasPillar", PILLAR)


@breaks("Q08")
def _(world: Edit) -> None:
    world.unclaim(FIGURE, "cg:numericValue")
    world.claim(FIGURE, "cg:numericValue", literal("140", "decimal"))


@breaks("V05")
def _(world: Edit) -> None:
    concept(world, "topic:one", label="one")
    concept(world, "topic:two", label="two")
    world.add("topic:one", "skos:broader", "topic:two")
    world.add("topic:two", "skos:broader", "topic:one")


@breaks("V06")
def _(world: Edit) -> None:
    concept(world, "topic:one", label="one")
    world.add("topic:one", "skos:broader", "topic:unknown")


@breaks("V17")
def _(world: Edit) -> None:
    concept(world, "topic:new")
    world.add("topic:new", "cg:roleProperty", "cg:attendee")
    world.claim(FORUM, "cg:attendee", PEARL, roles=("topic:new",))


MUTATIONS: Final = dict(sorted(_FOUND.items()))
"""The changes by the code of the rule they break."""
