"""The start page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request

from coopgraph.sparql.negotiation import HTML, JSON, choose
from coopgraph.web import examples, markup, offered, replies, serving, statements, wording

if TYPE_CHECKING:
    from coopgraph.web.naming import Shown
    from coopgraph.web.service import Reading

blueprint = Blueprint("pages", __name__)

# What a newcomer wants to know the number of: heading, and the class whose members are counted.
_COUNTED: Final = {
    "documents": "SourceDocument",
    "actors": "Actor",
    "events": "Event",
    "instruments": "Instrument",
    "undertakings": "Undertaking",
    "frameworks": "Framework",
}
_KINDS: Final = """
PREFIX cg: <https://w3id.org/coopgraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?n) WHERE {{
  VALUES ?kind {{ {kinds} }}
  ?class rdfs:subClassOf* ?kind . ?thing a ?class
}} GROUP BY ?kind
"""
_EVIDENCE: Final = """
PREFIX cg: <https://w3id.org/coopgraph/ns#>
SELECT (COUNT(DISTINCT ?a) AS ?assertions) (COUNT(DISTINCT ?e) AS ?passages) WHERE {
  GRAPH ?g { ?a cg:hasEvidence ?e . ?e cg:inDocument ?d }
}
"""
_PROMINENT: Final = """
PREFIX cg: <https://w3id.org/coopgraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?actor (COUNT(*) AS ?n) WHERE {
  ?class rdfs:subClassOf* cg:Actor . ?actor a ?class . ?other ?property ?actor
} GROUP BY ?actor ORDER BY DESC(?n) ?actor LIMIT 8
"""
_FEATURED: Final = (
    "participants-with-roles",
    "components-and-speakers",
    "components-of-framework",
    "agreed-for-later",
    "proposed-things",
    "frameworks-on-topic",
    "passages-for-role",
)


@blueprint.get("/")
def start() -> Response:
    """What this is, how much there is of it, and where to begin."""
    offer = choose((HTML, JSON), accept=request.headers.get("Accept", ""), asked=request.args.get("format"))
    reading = serving.service().reading(replies.release_number())
    site = offered.site(reading.manifest.base)
    etag = replies.tag(reading.manifest, "start", offer.name, str(site), *wording.languages())
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    counts = _counts(reading)
    if offer is JSON:
        body = json.dumps({"release": reading.manifest.number, "counts": counts}, indent=1) + "\n"
    else:
        known = {one.name: one for one in examples.of(reading.manifest.base)}
        featured = [known[name] for name in _FEATURED if name in known]
        made = reading.manifest.created.date().isoformat()
        body = serving.page(
            "start.html",
            reading,
            counts=counts,
            examples=featured,
            prominent=_prominent(reading),
            data=markup.start(site, reading.manifest.number, made),
        )
    return replies.reply(body, offer.media_type, etag=etag, manifest=reading.manifest)


def _prominent(reading: Reading) -> list[Shown]:
    """The actors that most is said about, most first."""
    actors = [row["actor"] for row in reading.select(_PROMINENT, remember=True)]
    labels = statements.labels_in(statements.labels(reading, actors))
    return [serving.namer(reading, labels).show(actor) for actor in actors]


def _counts(reading: Reading) -> dict[str, int]:
    kinds = " ".join(f"cg:{name}" for name in _COUNTED.values())
    found = {
        row["kind"].value.rpartition("#")[2]: int(row["n"].value)
        for row in reading.select(_KINDS.format(kinds=kinds), remember=True)
    }
    counts = {heading: found.get(name, 0) for heading, name in _COUNTED.items()}
    for row in reading.select(_EVIDENCE, remember=True):
        counts |= {name: int(row[name].value) for name in ("assertions", "passages")}
    return counts
