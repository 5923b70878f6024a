"""A dataset that is nothing but participations, each with its assertion and its passage: the most that fit a size."""

from __future__ import annotations

from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from coopgraph import terms
from tests.bench.generate import shipped_ontology

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ROLES = ("representedParty", "attendee", "speaker", "organizer")
_RDF_TYPE, _XSD = terms.PREFIXES["rdf"] + "type", terms.PREFIXES["xsd"]
_OF_STATEMENT = 18
_BLOCK = 200_000


def write(quads: int, target: Path, *, seed: int = 7) -> int:
    """Write about so many quads as N-Quads, the ontology's own among them; the number of statements comes back.

    Four in a hundred as many actors as statements, some much busier than others; most events are small, a few are
    huge; a document tells of one event.
    """
    ontology = shipped_ontology().terms
    count = max(1, (quads - len(ontology)) // _OF_STATEMENT)
    lines = _lines(count, Random(seed))
    with target.open("w", encoding="utf-8") as file:
        file.write((serialize(ontology, format=RdfFormat.N_QUADS) or b"").decode())
        while block := list(islice(lines, _BLOCK)):
            file.writelines(block)
    return count


def _lines(count: int, random: Random) -> Iterator[str]:
    actors = max(5, count // 25)
    for number in range(actors):
        yield from _thing(f"actor/a{number}", "Organization", f"Actor {number}")
    left, event = count, 0
    while left:
        # The probability of an actor falls off with its number.
        wanted = min(left, actors, max(2, min(300, int(4 / random.random() ** 0.7))))
        there: dict[int, None] = {}
        while len(there) < wanted:
            there[int(actors * random.random() ** 1.7)] = None
        yield from _meeting(event, list(there), random)
        left, event = left - len(there), event + 1


def _meeting(number: int, there: list[int], random: Random) -> Iterator[str]:
    event, document = f"event/e{number}", f"doc/{number:016x}"
    day = f"{random.randint(2005, 2025)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    yield from _thing(event, "Meeting", f"Meeting {number}")
    yield from _thing(document, "SourceDocument", f"Report {number}")
    yield f'<{terms.ID}{document}> <http://purl.org/dc/terms/publisher> "Paper {number % 97}" .\n'
    for name in ("startDate", "notBefore", "notAfter"):
        yield f'<{terms.ID}{event}> <{terms.NS}{name}> "{day}"^^<{_XSD}date> .\n'
    for place, actor in enumerate(there):
        yield from _statement(event, random.choice(_ROLES), f"actor/a{actor}", document, place * 50)


def _thing(path: str, cls: str, label: str) -> Iterator[str]:
    yield f"<{terms.ID}{path}> <{_RDF_TYPE}> <{terms.NS}{cls}> .\n"
    yield f'<{terms.ID}{path}> <{terms.PREFIXES["skos"]}prefLabel> "{label}"@en .\n'


def _statement(event: str, role: str, actor: str, document: str, start: int) -> Iterator[str]:
    number = document.rpartition("/")[2]
    graph = f"<{terms.GRAPH}{document}>"
    assertion, span = f"<{terms.ID}assertion/{number}{start}>", f"<{terms.ID}span/{number}/{start}-{start + 40}>"
    for name in (role, "participant"):
        yield f"<{terms.ID}{event}> <{terms.NS}{name}> <{terms.ID}{actor}> .\n"
    for name, value in (
        ("subject", f"{terms.ID}{event}"),
        ("predicate", f"{terms.NS}{role}"),
        ("object", f"{terms.ID}{actor}"),
        ("factuality", f"{terms.VOCAB}factuality/actual"),
        ("polarity", f"{terms.VOCAB}polarity/affirmed"),
        ("rank", f"{terms.VOCAB}rank/normal"),
        ("statedIn", f"{terms.ID}{document}"),
    ):
        yield f"{assertion} <{terms.NS}{name}> <{value}> {graph} .\n"
    yield f"{assertion} <{terms.NS}hasEvidence> {span} {graph} .\n"
    for cls in ("Assertion", "Participation"):
        yield f"{assertion} <{_RDF_TYPE}> <{terms.NS}{cls}> {graph} .\n"
    yield f"{span} <{_RDF_TYPE}> <{terms.NS}TextSpan> {graph} .\n"
    yield f"{span} <{terms.NS}inDocument> <{terms.ID}{document}> {graph} .\n"
    yield f'{span} <{terms.NS}spanDigest> "{number * 4}" {graph} .\n'
    for name, at in (("start", start), ("end", start + 40)):
        yield f'{span} <{terms.PREFIXES["oa"]}{name}> "{at}"^^<{_XSD}integer> {graph} .\n'
