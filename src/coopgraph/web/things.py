"""Things, concepts, terms and shapes under their own IRIs, in the format that the reader wants."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from pyoxigraph import DefaultGraph, NamedNode

from coopgraph import vocabulary as cg
from coopgraph.errors import CoopgraphError
from coopgraph.release.evidence import explain, why_query
from coopgraph.sparql.negotiation import RESOURCES, Offer, choose
from coopgraph.web import collections, markup, rdf, replies, serving, statements, thing, wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

    from coopgraph.web.naming import Namer
    from coopgraph.web.service import Reading
    from coopgraph.web.statements import About

blueprint = Blueprint("things", __name__)

_SUFFIXES = {offer.name for offer in RESOURCES}
_READABLE = frozenset({"html", "json"})


@blueprint.get("/id/<kind>/<path:slug>")
def of_kind(kind: str, slug: str) -> Response:
    """A thing."""
    return _describe(f"id/{kind}/{slug}")


@blueprint.get("/vocab/<scheme>/<slug>")
def concept(scheme: str, slug: str) -> Response:
    """A concept."""
    return _describe(f"vocab/{scheme}/{slug}")


@blueprint.get("/shapes/<code>")
def shape(code: str) -> Response:
    """A shape."""
    return _describe(f"shapes/{code}")


@blueprint.get("/<any(ns, vocab, shapes):name>", defaults={"suffix": None})
@blueprint.get("/<any(ns, vocab, shapes):name>.<suffix>")
def collection(name: str, suffix: str | None) -> Response:
    """All terms, all vocabularies, or all shapes."""
    return _collect(name, suffix)


@blueprint.get("/graph/<path:name>")
def graph(name: str) -> Response:
    """A named graph, whole."""
    return _collect(*_split(f"graph/{name}"))


@blueprint.get("/vocab/<scheme>")
def scheme(scheme: str) -> Response:
    """A vocabulary with all its concepts."""
    return _collect(*_split(f"vocab/{scheme}"))


def _describe(named: str) -> Response:
    path, suffix = _split(named)
    offer = _offer(suffix)
    reading = serving.service().reading(replies.release_number())
    etag = _tag(reading, path, offer)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    about = statements.about(reading, _node(reading, path))
    if not about.quads:
        raise _nothing(path)
    if offer.name in _READABLE:
        namer, told = _told(reading, about)
        if offer.name == "json":
            body: str | bytes = json.dumps(thing.as_dict(told), ensure_ascii=False, indent=1) + "\n"
        else:
            body = serving.page(
                "thing.html",
                reading,
                thing=told,
                namer=namer,
                path=path,
                offers=RESOURCES,
                data=markup.thing(about, namer),
            )
    else:
        body = rdf.write(_described(about, offer), offer.media_type, reading.manifest.base)
    return _reply(reading, path, offer, body, etag, kinds=_kinds(about))


def _collect(path: str, suffix: str | None) -> Response:
    offer = _offer(suffix)
    reading = serving.service().reading(replies.release_number())
    etag = _tag(reading, path, offer)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    quads = collections.quads(reading, path)
    if not quads:
        raise _nothing(path)
    if offer.name in _READABLE:
        own = statements.labels_in(quads)
        labels = serving.labels().of(reading, statements.nodes(quads)) if collections.is_graph(path) else own
        found = collections.tell(path, quads, serving.namer(reading, labels))
        if offer.name == "json":
            body: str | bytes = json.dumps(collections.as_dict(found), ensure_ascii=False, indent=1) + "\n"
        else:
            body = serving.page("collection.html", reading, collection=found, path=path, offers=RESOURCES)
    else:
        body = rdf.write(quads, offer.media_type, reading.manifest.base)
    return _reply(reading, path, offer, body, etag)


def _told(reading: Reading, about: About) -> tuple[Namer, thing.Thing]:
    shown = statements.without_implied(reading, about.quads)
    subject = statements.in_default_base(reading, about.thing)
    explanations = explain(reading.select(why_query(subject)))
    iris = {iri for one in explanations for iri in (one.rule, *one.records) if iri is not None}
    mentioned = {NamedNode(iri) for iri in iris}
    labels = {**statements.labels_in(about.label_quads), **statements.labels_in(statements.labels(reading, mentioned))}
    namer = serving.namer(reading, labels)
    support = thing.Support(explanations, statements.asserted(reading, about.thing))
    return namer, thing.tell(about, shown, support, namer)


def _described(about: About, offer: Offer) -> tuple[Quad, ...]:
    """Formats without graphs get the facts; plans would look like facts there. What lives in a graph comes from it."""
    labels = tuple(quad for quad in about.label_quads if quad not in about.quads)
    if rdf.keeps_graphs(offer.media_type):
        return (*about.quads, *labels)
    facts = about.within(DefaultGraph())
    if not any(quad.subject == about.thing for quad in facts):
        facts = (*facts, *(quad for quad in about.quads if quad.subject == about.thing))
    return (*facts, *labels)


def _reply(
    reading: Reading, path: str, offer: Offer, body: str | bytes, etag: str, *, kinds: Iterable[str] = ()
) -> Response:
    response = replies.reply(body, offer.media_type, etag=etag, manifest=reading.manifest)
    replies.signpost(response, path, RESOURCES, iri=reading.manifest.base + path, kinds=kinds)
    return response


def _kinds(about: About) -> list[str]:
    """The classes of the thing."""
    typed = (quad for quad in about.quads if quad.subject == about.thing and quad.predicate == cg.RDF_TYPE)
    return sorted({quad.object.value for quad in typed if isinstance(quad.object, NamedNode)})


def _split(named: str) -> tuple[str, str | None]:
    path, dot, suffix = named.rpartition(".")
    return (path, suffix) if dot and suffix in _SUFFIXES else (named, None)


def _offer(suffix: str | None) -> Offer:
    asked = suffix if suffix is not None else request.args.get("format")
    return choose(RESOURCES, accept=request.headers.get("Accept", ""), asked=asked)


def _tag(reading: Reading, path: str, offer: Offer) -> str:
    personal = (*wording.languages(), serving.texts_stamp()) if offer.name in _READABLE else ()
    return replies.tag(reading.manifest, path, offer.name, request.script_root, *personal)


def _node(reading: Reading, path: str) -> NamedNode:
    try:
        return NamedNode(reading.iri(path))
    except ValueError as error:
        raise _nothing(path) from error


def _nothing(path: str) -> CoopgraphError:
    return CoopgraphError("not-found", f"Nothing in this release is called {path}.")
