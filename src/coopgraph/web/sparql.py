"""`/sparql` for people: the query page, the answer as a page; and the description for programs that ask nothing."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release import description as described
from coopgraph.sparql.dataset import dataset_of
from coopgraph.sparql.description import describe
from coopgraph.sparql.negotiation import GRAPHS, HTML, TABLES, choose
from coopgraph.sparql.plan import wants_page
from coopgraph.sparql.policy import Form, admit
from coopgraph.sparql.request import read
from coopgraph.store.limits import service_memory
from coopgraph.store.workers import Question
from coopgraph.web import bodies, errors, examples, replies, results, serving, statements

if TYPE_CHECKING:
    from coopgraph.sparql.negotiation import Offer
    from coopgraph.sparql.request import QueryRequest
    from coopgraph.store.workers import Answer
    from coopgraph.web.service import Reading

blueprint = Blueprint("sparql", __name__)

_BEGINNING: Final = """PREFIX cg: <https://w3id.org/coopgraph/ns#>

SELECT ?event ?date WHERE {
  ?event cg:status <https://w3id.org/coopgraph/vocab/status/held> .
  OPTIONAL { ?event cg:startDate ?date }
}
ORDER BY ?date
"""
# Virtuoso loses rows where it groups by what only some of them have, so the default graph is counted apart.
_COUNTS: Final = """
SELECT ?g ?n WHERE {
  { SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o } }
  UNION { SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g }
} ORDER BY ?g
"""


_SEALED: Final = """
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#>
SELECT ?g ?n WHERE {
  { GRAPH <https://w3id.org/coopgraph/graph/description> {
      <https://w3id.org/coopgraph/void#dataset> sd:defaultGraph/void:triples ?n } }
  UNION { GRAPH <https://w3id.org/coopgraph/graph/description> { ?g sd:name ?name ; sd:graph/void:triples ?n } }
  UNION { SELECT (<https://w3id.org/coopgraph/graph/description> AS ?g) (COUNT(*) AS ?n) {
      GRAPH <https://w3id.org/coopgraph/graph/description> { ?s ?p ?o } } }
} ORDER BY ?g
"""


@blueprint.route("/sparql", methods=["GET", "POST", "QUERY"])
def sparql() -> Response:
    """The page that answers a query, or what there is to know before asking one.

    Programs that ask a query do not get here: `endpoint` answers them.
    """
    asked = read(
        request.method,
        request.query_string,
        content_type=request.headers.get("Content-Type", ""),
        body=bodies.receive() if request.method in {"POST", "QUERY"} else b"",
    )
    return _introduce(request.headers.get("Accept", "")) if asked is None else _show(asked)


def _introduce(accept: str) -> Response:
    wanted = request.args.get("format")
    if wants_page(None, accept, asked_format=wanted):
        reading = serving.service().reading(replies.release_number())
        return _page(reading, "")
    offer = choose(GRAPHS, accept=accept, asked=wanted)
    reading = serving.service().reading(replies.release_number())
    settings = serving.service().settings
    limits = (f"{name}={value}" for name, (value, _) in _limits().items())
    etag = replies.tag(
        reading.manifest, "description", offer.name, _endpoint(), f"writable={settings.writable}", *limits
    )
    if replies.unchanged(etag):
        response = replies.not_modified(etag, reading.manifest)
    else:
        response = replies.reply(_description(reading, offer), offer.media_type, etag=etag, manifest=reading.manifest)
    # The limits are those of the service, which its operator may change, whatever the release.
    response.headers["Cache-Control"] = replies.REVALIDATE
    return response


def _limits() -> dict[str, tuple[float, str]]:
    """All limits with what each means; the last follows from the others."""
    settings = serving.service().settings
    limits = {
        item.name: (getattr(settings, item.name), str(item.metadata["doc"]))
        for item in dataclasses.fields(settings)
        if item.metadata["low"] is not None
    }
    return limits | {"service_memory": (service_memory(settings), "memory that the whole service stays under")}


def _description(reading: Reading, offer: Offer) -> bytes:
    # A large dataset takes long to count; a release that describes itself has done so when it was sealed.
    counting = _SEALED if described.FILE in reading.manifest.files else _COUNTS
    counts = {row["g"]: int(row["n"].value) for row in reading.select(counting, remember=True)}
    return describe(
        _endpoint(),
        limits=_limits(),
        default_triples=counts.get(None, 0),
        named_graphs={graph.value: count for graph, count in counts.items() if graph is not None},
        update=_root() + "/update" if serving.service().settings.writable else None,
        more=[f"{_root()}/{path}" for path in ("void", "catalog")],
        media_type=offer.media_type,
    )


def _show(asked: QueryRequest) -> Response:
    """The answer as a page, with the query to go on from; so is a mistake in it."""
    reading = serving.service().reading(replies.release_number(asked.release))
    try:
        form = admit(asked.text)
        answer = _ask(reading, asked, GRAPHS[0] if form is Form.GRAPH else TABLES[0])
    except CoopgraphError as error:
        return _page(reading, asked.text, error=error)
    if form is Form.GRAPH:
        return _page(reading, asked.text, graph=results.graph(answer))
    names = statements.labels_in(statements.labels(reading, results.nodes(answer)))
    return _page(reading, asked.text, table=results.table(answer, serving.namer(reading, names)))


def _page(
    reading: Reading,
    text: str,
    *,
    table: results.Table | None = None,
    graph: results.Text | None = None,
    error: CoopgraphError | None = None,
) -> Response:
    body = serving.page(
        "query.html",
        reading,
        query=text,
        beginning=terms.rebase(_BEGINNING, reading.manifest.base),
        examples=examples.of(reading.manifest.base),
        table=table,
        graph=graph,
        error=error,
        formats=GRAPHS if graph is not None else TABLES,
        limits=serving.service().settings,
    )
    status = 200 if error is None else error.kind.http
    response = replies.reply(body, HTML.media_type, etag=None, manifest=reading.manifest, status=status)
    if error is not None:
        errors.note(error)
        if error.code in errors.RETRY_SECONDS:
            response.headers["Retry-After"] = str(errors.RETRY_SECONDS[error.code])
    return response


def _ask(reading: Reading, asked: QueryRequest, offer: Offer) -> Answer:
    dataset = dataset_of(asked, _endpoint())
    base = reading.manifest.base
    return reading.ask(
        Question(
            asked.text,
            offer.media_type,
            base=_endpoint(),
            default_graphs=dataset.default_graphs,
            named_graphs=dataset.named_graphs,
            prefixes={name: terms.rebase(iri, base) for name, iri in terms.PREFIXES.items()},
        )
    )


def _endpoint() -> str:
    return _root() + "/sparql"


def _root() -> str:
    return (serving.service().settings.base_url or request.host_url).rstrip("/") + request.script_root
