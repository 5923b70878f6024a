"""What is told of a change that its gate refused: the SHACL report, as RDF, as a problem document or as a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, render_template, request
from pyoxigraph import RdfFormat, serialize

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release.passage import RefusedError
from coopgraph.sparql.negotiation import GRAPHS, HTML, PROBLEM, choose
from coopgraph.validate import rendering, report
from coopgraph.web import errors, problems, serving

if TYPE_CHECKING:
    from coopgraph.sparql.negotiation import Offer

_RDF: Final = tuple(offer for offer in GRAPHS if offer.name != "jsonld")
_OFFERS: Final = (*_RDF, PROBLEM, next(offer for offer in GRAPHS if offer.name == "jsonld"), HTML)
_SHOWN: Final = 200
"""How many findings a page and a problem document show."""


def init_app(app: Flask) -> None:
    """Let refused changes be told by `tell`."""
    app.register_error_handler(RefusedError, tell)


def tell(error: RefusedError) -> Response:
    """The report on what would have become of the graph; the status is 422."""
    try:
        offer = choose(_OFFERS, accept=request.headers.get("Accept", ""))
    except CoopgraphError:
        # What is wrong with the data is more to the point than what is wrong with the header.
        offer = _OFFERS[0]
    errors.note(error)
    manifest = serving.service().shelf.current()
    base = terms.BASE if manifest is None else manifest.base
    response = Response(terms.rebase(_written(error, offer), base), status=error.kind.http, mimetype=offer.media_type)
    for name, value in problems.headers(error).items():
        response.headers[name] = value
    return response


def _written(error: RefusedError, offer: Offer) -> str:
    if offer in {PROBLEM, HTML}:
        findings = json.loads(rendering.as_json(error.verdict))["findings"][:_SHOWN]
        if offer == PROBLEM:
            return json.dumps(error.as_problem_json() | {"findings": findings}, ensure_ascii=False) + "\n"
        return render_template("refusal.html", error=error, findings=findings, status=error.kind.http)
    form = RdfFormat.from_media_type(offer.media_type)
    triples = report.triples(error.verdict)
    return (serialize(triples, format=form or RdfFormat.TURTLE, prefixes=terms.PREFIXES) or b"").decode()
