"""`/catalog` and `/void`: what there is here, in the words of DCAT and of VoID."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, redirect, request
from pyoxigraph import Triple

from coopgraph.errors import CoopgraphError
from coopgraph.release import catalog
from coopgraph.sparql.negotiation import RESOURCES, choose
from coopgraph.web import offered, pinning, rdf, replies, serving, statements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.wrappers import Response as AnyResponse

    from coopgraph.sparql.negotiation import Offer
    from coopgraph.web.service import Reading

blueprint = Blueprint("catalog", __name__)

OFFERS: Final = tuple(offer for offer in RESOURCES if offer.name in {"ttl", "jsonld", "nt", "rdf"})
_DESCRIPTION: Final = "SELECT ?s ?p ?o { GRAPH <https://w3id.org/coopgraph/graph/description> { ?s ?p ?o } }"


@blueprint.get("/catalog", defaults={"suffix": None})
@blueprint.get("/catalog.<suffix>")
def whole(suffix: str | None) -> Response:
    """The dataset, its releases and their files, and the query service."""
    offer = _offer(suffix)
    shelf = serving.service().shelf
    reading = serving.service().reading()
    site = offered.site(reading.manifest.base)
    numbers = shelf.numbers()
    etag = replies.tag(reading.manifest, "catalog", offer.name, str(site), *map(str, numbers))
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    found = [offered.release(shelf, number) for number in numbers]
    return _reply(reading, "catalog", offer, catalog.catalogue(site, found, reading.manifest.number), etag)


@blueprint.get("/void", defaults={"suffix": None})
@blueprint.get("/void.<suffix>")
def description(suffix: str | None) -> Response:
    """What the release holds: graphs, classes and properties with their numbers, prefixes and example queries."""
    offer = _offer(suffix)
    reading = serving.service().reading(replies.release_number())
    site = offered.site(reading.manifest.base)
    etag = replies.tag(reading.manifest, "void", offer.name, str(site))
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    numbers = (quad.triple for quad in statements.select_quads(reading, _DESCRIPTION, remember=True))
    files = offered.release(serving.service().shelf, reading.manifest.number).files
    dump = str(pinning.kept() or "current") if files else None
    return _reply(reading, "void", offer, (*catalog.about(site, dump), *numbers), etag)


@blueprint.get("/.well-known/void")
def well_known() -> AnyResponse:
    """Where the description is, as RFC 8615 and VoID have it."""
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    answer = redirect(f"{replies.root()}/void{query}")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _offer(suffix: str | None) -> Offer:
    if suffix is not None and suffix not in {offer.name for offer in OFFERS}:
        raise CoopgraphError("not-found", f"This does not come as {suffix}.")
    asked = suffix if suffix is not None else request.args.get("format")
    return choose(OFFERS, accept=request.headers.get("Accept", ""), asked=asked)


def _reply(reading: Reading, path: str, offer: Offer, triples: Iterable[Triple], etag: str) -> Response:
    body = rdf.write_triples(triples, offer.media_type, reading.manifest.base, catalog.PREFIXES)
    response = replies.reply(body, offer.media_type, etag=etag, manifest=reading.manifest)
    replies.signpost(response, path, OFFERS, iri=f"{reading.manifest.base}{path}")
    return response
