"""`/why`: what says so, down to the characters of the document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release.evidence import as_dict, explain, why_query
from coopgraph.sparql.negotiation import HTML, JSON, choose
from coopgraph.web import replies, serving, statements, wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.release.evidence import Explanation
    from coopgraph.web.service import Reading

blueprint = Blueprint("why", __name__)

_HELP: Final = "Give s, and p and o if you like: an IRI, a name such as cgid:actor/asean, or for o a literal in quotes."


@blueprint.get("/why")
def why() -> Response:
    """The assertions behind a statement and the passages behind those."""
    offer = choose((JSON, HTML), accept=request.headers.get("Accept", ""), asked=request.args.get("format"))
    given = [request.args.get(name, "").strip() for name in ("s", "p", "o")]
    with serving.service().reading(replies.release_number()) as reading:
        if not given[0]:
            raise CoopgraphError("request", "No subject is given.", remedy=_HELP)
        personal = (*wording.languages(), serving.texts_stamp())
        etag = replies.tag(reading.manifest, "why", offer.name, request.script_root, *given, *personal)
        if replies.unchanged(etag):
            return replies.not_modified(etag, reading.manifest)
        subject, predicate = _node(given[0], reading), _node(given[1], reading) if given[1] else None
        object_ = _value(given[2], reading) if given[2] else None
        explanations = explain(reading.select(why_query(subject, predicate, object_)))
        if not explanations:
            raise CoopgraphError("not-found", "Nothing in this release says so.")
        if offer is JSON:
            told = [as_dict(one, serving.texts()) for one in explanations]
            body = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        else:
            body = _page(reading, explanations, subject)
        return replies.reply(body, offer.media_type, etag=etag, manifest=reading.manifest)


def _page(reading: Reading, explanations: tuple[Explanation, ...], subject: NamedNode) -> str:
    own = NamedNode(terms.rebase(subject.value, reading.manifest.base))
    labels = statements.labels_in(statements.labels(reading, {own, *_mentioned(explanations)}))
    namer = serving.namer(reading, labels)
    return serving.page("why.html", reading, subject=own, explanations=explanations, namer=namer, node=NamedNode)


def _mentioned(explanations: Iterable[Explanation]) -> set[NamedNode]:
    found = set()
    for one in explanations:
        iris = (one.predicate, one.factuality, one.polarity, one.rank, one.role, one.attributed_to, one.rule)
        found |= {NamedNode(iri) for iri in (*iris, *one.records) if iri is not None}
        if isinstance(one.object, NamedNode):
            found.add(one.object)
    return found


def _node(text: str, reading: Reading) -> NamedNode:
    """The IRI, or the name with a known prefix, in the default base."""
    prefix, colon, rest = text.partition(":")
    iri = terms.PREFIXES[prefix] + rest if colon and prefix in terms.PREFIXES else text
    try:
        return statements.in_default_base(reading, NamedNode(iri))
    except ValueError as error:
        raise CoopgraphError("request", f"{text!r} names nothing.", remedy=_HELP) from error


def _value(text: str, reading: Reading) -> NamedNode | Literal:
    if not text.startswith('"'):
        return _node(text, reading)
    try:
        quads = list(parse(f"<urn:x:s> <urn:x:p> {text} .", format=RdfFormat.N_TRIPLES))
    except SyntaxError as error:
        raise CoopgraphError("request", f"{text!r} is no literal.", remedy=_HELP) from error
    if len(quads) != 1 or not isinstance(quads[0].object, Literal):
        raise CoopgraphError("request", f"{text!r} is no literal.", remedy=_HELP)
    return quads[0].object
