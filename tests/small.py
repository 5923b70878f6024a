"""A small graph directory, made up for tests: one fictional text, a few things, a few claims."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coopgraph.curate.claims import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = "00112233445566aa"
TEXT = (
    "Home > News\n"
    "The Atlantis Forum 2031 was hosted by Atlantis in Port Azur on 5 May 2031. "
    "Ms Ada Reed, Minister of Tides of Atlantis, said that Lemuria should build a Coral Centre. "
    "Nothing else happened.\n"
    "Mr Low liked the Blue Book."
)
PREFIXES = """@prefix cg: <https://w3id.org/coopgraph/ns#> .
@prefix cgid: <https://w3id.org/coopgraph/id/> .
@prefix cgv: <https://w3id.org/coopgraph/vocab/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
ENTITIES = {
    "actors": """
<https://w3id.org/coopgraph/id/actor/ada-reed> a cg:Person ;
    cg:identification <https://w3id.org/coopgraph/vocab/identification/named> ; skos:prefLabel "Ada Reed"@en .
<https://w3id.org/coopgraph/id/actor/atlantis> a cg:State ; cg:iso3166Alpha2 "XA" ;
    cg:identification <https://w3id.org/coopgraph/vocab/identification/named> ; skos:prefLabel "Atlantis"@en .
<https://w3id.org/coopgraph/id/actor/coral-centre> a cg:CooperationBody ;
    cg:identification <https://w3id.org/coopgraph/vocab/identification/named> ; skos:prefLabel "Coral Centre"@en .
<https://w3id.org/coopgraph/id/actor/lemuria> a cg:State ; cg:iso3166Alpha2 "XB" ;
    cg:identification <https://w3id.org/coopgraph/vocab/identification/named> ; skos:prefLabel "Lemuria"@en .
""",
    "events": """
<https://w3id.org/coopgraph/id/event/atlantis-forum-2031> a cg:Meeting ; skos:prefLabel "Atlantis Forum 2031"@en .
""",
    "places": """
<https://w3id.org/coopgraph/id/place/port-azur> a cg:Place ; skos:prefLabel "Port Azur"@en .
""",
    "posts": """
<https://w3id.org/coopgraph/id/post/minister-of-tides> a cg:Post ; skos:prefLabel "Minister of Tides"@en .
""",
    "utterances": """
<https://w3id.org/coopgraph/id/utterance/reed-centre> a cg:Utterance ; skos:prefLabel "A centre is wanted"@en .
""",
}


def at(words: str) -> str:
    """The span of these words in the text, as a claims table writes it."""
    start = TEXT.index(words)
    return f"{start}-{start + len(words)}"


HOSTED = at("The Atlantis Forum 2031 was hosted by Atlantis")
SAID = at("Ms Ada Reed, Minister of Tides of Atlantis, said that Lemuria should build a Coral Centre")


def row(subject: str, predicate: str, object_: str = "", **cells: str) -> dict[str, str]:
    """One line of a claims table; what is not given is actual and empty."""
    given = {"subject": subject, "predicate": predicate, "object": object_, "factuality": "actual", "evidence": HOSTED}
    return dict.fromkeys(COLUMNS, "") | given | cells


ROWS = (
    row("actor/ada-reed", "holdsPost", "post/minister-of-tides", evidence=SAID),
    row("actor/coral-centre", "founder", "actor/lemuria", factuality="prospective", evidence=SAID),
    row("actor/coral-centre", "status", "status:proposed", evidence=SAID),
    row("event/atlantis-forum-2031", "heldIn", "place/port-azur", evidence=at("in Port Azur on 5 May 2031")),
    row("event/atlantis-forum-2031", "host", "actor/atlantis", role="co-host"),
    row("event/atlantis-forum-2031", "speaker", "actor/ada-reed", evidence=SAID),
    row("event/atlantis-forum-2031", "startDate", value="2031-05-05", evidence=at("on 5 May 2031")),
    row("event/atlantis-forum-2031", "status", "status:held"),
    row("post/minister-of-tides", "postIn", "actor/atlantis", evidence=SAID),
    row("utterance/reed-centre", "proposes", "actor/coral-centre", evidence=SAID),
    row("utterance/reed-centre", "speechAct", "speech-act:proposal", evidence=SAID),
    row("utterance/reed-centre", "utteredAt", "event/atlantis-forum-2031", evidence=SAID),
    row("utterance/reed-centre", "utteredBy", "actor/ada-reed", evidence=SAID),
    row("utterance/reed-centre", "verbatim", value="false", evidence=SAID),
)


@dataclass
class Small:
    """The parts of a small graph directory; tests change what they need before `write`."""

    rows: list[dict[str, str]] = field(default_factory=lambda: [dict(one) for one in ROWS])
    entities: dict[str, str] = field(default_factory=lambda: dict(ENTITIES))
    text: str = TEXT
    described: str = TEXT
    zone: tuple[int, int] = (0, 11)
    sort: bool = True

    def write(self, directory: Path) -> Path:
        """Write `graph/` and `documents/` below the directory and return `graph/`."""
        graph = directory / "graph"
        for name in ("entities", "claims"):
            (graph / name).mkdir(parents=True, exist_ok=True)
        for name, content in self.entities.items():
            (graph / "entities" / f"{name}.ttl").write_text(PREFIXES + content, encoding="utf-8")
        (graph / "documents.ttl").write_text(self._documents(), encoding="utf-8")
        (graph / "claims" / f"{DOCUMENT}.csv").write_text(self._table(), encoding="utf-8")
        (directory / "documents").mkdir(exist_ok=True)
        (directory / "documents" / f"0_{DOCUMENT}.txt").write_bytes(self.text.encode())
        return graph

    def _table(self) -> str:
        stream = io.StringIO()
        table = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        table.writeheader()
        key = lambda one: tuple(one[column] for column in COLUMNS)  # noqa: E731 - too short for a name of its own
        table.writerows(sorted(self.rows, key=key) if self.sort else self.rows)
        return stream.getvalue()

    def _documents(self) -> str:
        digest = hashlib.sha256(self.described.encode()).hexdigest()
        start, end = self.zone
        return f"""{PREFIXES}
cgid:doc\\/{DOCUMENT} a cg:SourceDocument ; cg:charLength {len(self.described)} ; cg:textDigest "{digest}" ;
    dcterms:language "en" ; skos:prefLabel "A made-up report"@en .
cgid:zone\\/{DOCUMENT}\\/{start}-{end} a cg:ExcludedZone ; cg:inDocument cgid:doc\\/{DOCUMENT} ; oa:start {start} ;
    oa:end {end} ; cg:zoneReason cgv:zone-reason\\/navigation .
"""
