"""`/store`: the SPARQL 1.1 Graph Store HTTP Protocol, and the dataset as a whole."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request
from pyoxigraph import DefaultGraph, NamedNode
from werkzeug.formparser import parse_form_data
from werkzeug.http import parse_options_header

from coopgraph import terms
from coopgraph.curate.rdf import RdfText, form_of
from coopgraph.errors import CoopgraphError
from coopgraph.release.edit import Delete, Patch, Post, Put
from coopgraph.sparql.negotiation import GRAPHS, choose
from coopgraph.sparql.request import UPDATE, decoded, pairs
from coopgraph.store.workers import Question
from coopgraph.web import dataset, replies, serving, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from coopgraph.release.change import Changed
    from coopgraph.release.edit import Graph
    from coopgraph.release.manifest import Manifest

blueprint = Blueprint("graphs", __name__)

_EVERYTHING: Final = "CONSTRUCT WHERE { ?s ?p ?o }"
_CREATED: Final = 201
_DONE: Final = 204
_ANY_CHARSET: Final = {"", "utf-8", "utf8", "us-ascii"}


@dataclass(frozen=True, slots=True)
class Place:
    """What a request is about: a graph, or with None the dataset as a whole; and the IRI of that."""

    graph: Graph | None
    iri: str


@blueprint.get("/store", defaults={"path": None})
@blueprint.get("/store/<path:path>")
def read(path: str | None) -> Response:
    """A graph, or the dataset, in the format that is liked best."""
    place = _place(path)
    accept, asked = request.headers.get("Accept", ""), request.args.get("format")
    if place.graph is None:
        return dataset.read(accept, asked)
    offer = choose(GRAPHS, accept=accept, asked=asked)
    reading = serving.service().reading(replies.release_number())
    etag = _tag(reading.manifest, place, offer.name)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    base = reading.manifest.base
    answer = reading.ask(
        Question(
            _EVERYTHING,
            offer.media_type,
            default_graphs=[place.graph],
            prefixes={name: terms.rebase(iri, base) for name, iri in terms.PREFIXES.items()},
        )
    )
    if not answer.rows and isinstance(place.graph, NamedNode):
        raise _no_graph(place)
    response = replies.reply(answer.parts(), answer.media_type, etag=etag, manifest=reading.manifest)
    response.content_length = answer.size
    return response


@blueprint.put("/store", defaults={"path": None})
@blueprint.put("/store/<path:path>")
def replace(path: str | None) -> Response:
    """Let the graph hold what is sent, and nothing else."""
    writing.demand_right()
    place = _place(path)
    documents = _documents(place)
    if place.graph is None and not all(form_of(document.media_type).supports_datasets for document in documents):
        raise CoopgraphError("request", "Triples are for one graph.", remedy="Name it by graph= or default.")
    changed = writing.carry_out(Put(documents, place.graph), _tags(place), existed=writing.existence())
    return writing.told(changed, _status(changed))


@blueprint.post("/store", defaults={"path": None})
@blueprint.post("/store/<path:path>")
def add(path: str | None) -> Response:
    """Add what is sent to the graph; without a graph a new one is made, but for a dataset, which is added as it is."""
    writing.demand_right()
    place = _place(path)
    location, existed = None, writing.existence()
    documents = _documents(place)
    if place.graph is None and not any(form_of(document.media_type).supports_datasets for document in documents):
        # What must be there is the store, and a graph of such a name is not.
        location, existed = f"{serving.address()}/{uuid.uuid4()}", None
        place = Place(NamedNode(location), location)
    changed = writing.carry_out(Post(documents, place.graph), _tags(place), existed=existed)
    status = _status(changed)
    return writing.told(changed, status, location=location if status == _CREATED else None)


@blueprint.delete("/store", defaults={"path": None})
@blueprint.delete("/store/<path:path>")
def remove(path: str | None) -> Response:
    """Remove the graph."""
    writing.demand_right()
    place = _place(path)
    changed = writing.carry_out(Delete(place.graph), _tags(place), existed=writing.existence())
    return writing.told(changed, 204)


@blueprint.patch("/store", defaults={"path": None})
@blueprint.patch("/store/<path:path>")
def patch(path: str | None) -> Response:
    """Change the graph by a SPARQL update that sees this graph alone."""
    writing.demand_right()
    place = _place(path)
    media_type, _ = _content_type()
    if media_type != UPDATE:
        raise CoopgraphError("media-type", f"The body is {media_type}.", remedy=f"Send {UPDATE}.")
    if place.graph is None:
        raise CoopgraphError("request", "A patch is for one graph.", remedy="Name it, or send the update to /update.")
    text = decoded(writing.receive())
    writing.admit(text, base=place.iri)
    changed = writing.carry_out(Patch(text, place.iri, place.graph), _tags(place), existed=writing.existence())
    return writing.told(changed, 204)


def _status(changed: Changed) -> int:
    """Whether a graph was made or not. There are no empty ones, so what says nothing makes none."""
    # What a far store makes has no number, nor is it counted.
    made = not changed.existed and (changed.added or not changed.number)
    return _CREATED if made else _DONE


def _place(path: str | None) -> Place:
    """What the parameters name, or the address itself if it goes beyond `/store`."""
    given = [pair for pair in pairs(request.query_string) if pair[0] in {"graph", "default"}]
    if len(given) > 1 or (given and path is not None):
        raise CoopgraphError("request", "One graph is named, once: by graph=, by default, or by the address.")
    if path is not None:
        return _named(serving.address())
    if not given:
        return Place(None, serving.address())
    if given[0][0] == "default":
        return Place(DefaultGraph(), serving.address())
    return _named(given[0][1])


def _named(iri: str) -> Place:
    try:
        return Place(NamedNode(iri), iri)
    except ValueError as error:
        raise CoopgraphError("request", f"{iri!r} is no absolute IRI and names no graph.") from error


def _content_type() -> tuple[str, str]:
    media_type, options = parse_options_header(request.headers.get("Content-Type", ""))
    return media_type.lower(), options.get("charset", "").lower()


def _documents(place: Place) -> tuple[RdfText, ...]:
    """The documents in the body; relative IRIs in them are relative to the graph."""
    media_type, charset = _content_type()
    if "Content-Range" in request.headers:
        raise CoopgraphError("request", "A graph is sent whole, not in ranges.")
    body = writing.receive()
    if media_type != "multipart/form-data":
        return (_document(body, media_type, charset, place),)
    length = len(body)
    environment = {"wsgi.input": io.BytesIO(body), "CONTENT_TYPE": request.headers["Content-Type"]}
    # The body is in memory already; its parts need no files.
    _, fields, files = parse_form_data(
        {**environment, "CONTENT_LENGTH": str(length), "REQUEST_METHOD": "POST"},
        stream_factory=lambda *_, **__: io.BytesIO(),
        max_form_memory_size=length,
    )
    if fields or not files:
        raise CoopgraphError("request", "The parts of the form must be files, each with its media type.")
    return tuple(
        _document(part.read(), part.mimetype, part.mimetype_params.get("charset", "").lower(), place)
        for _, part in files.items(multi=True)
    )


def _document(content: bytes, media_type: str, charset: str, place: Place) -> RdfText:
    if charset not in _ANY_CHARSET:
        raise CoopgraphError("request", f"RDF is written in UTF-8, not in {charset}.")
    form_of(media_type)
    return RdfText(content, media_type, place.iri)


def _tags(place: Place) -> Callable[[Manifest], Collection[str]]:
    """The validators that `read` gives for the graph, whatever the format."""
    if place.graph is None:
        return dataset.tags
    return lambda manifest: [_tag(manifest, place, offer.name) for offer in GRAPHS]


def _tag(manifest: Manifest, place: Place, form: str) -> str:
    return replies.tag(manifest, "graph", str(place.graph), form)


def _no_graph(place: Place) -> CoopgraphError:
    return CoopgraphError("not-found", f"There is no graph {place.iri}.")
