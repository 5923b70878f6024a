"""`/why`: what says so, down to the characters of the document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from coopgraph import terms
from coopgraph.curate.questions import Column
from coopgraph.curate.values import INTEGER
from coopgraph.errors import CoopgraphError
from coopgraph.release.evidence import as_dict, explain, why_query
from coopgraph.sparql.negotiation import HTML, JSON, Offer, choose
from coopgraph.web import arguments, errors, replies, serving, statements, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from coopgraph.release.evidence import Explanation
    from coopgraph.web.asking import Cell
    from coopgraph.web.service import Reading

blueprint = Blueprint("why", __name__)

FORMATS: Final = (JSON, Offer("csv", "text/csv"), HTML)
PARAMETERS: Final = {"s": "Subject", "p": "Property", "o": "Object or value"}
COLUMNS: Final = tuple(
    Column(name, kind)
    for name, kind in (
        ("assertion", "text"), ("subject", "iri"), ("predicate", "iri"), ("object", "iri"), ("factuality", "iri"),
        ("polarity", "iri"), ("rank", "iri"), ("role", "iri"), ("attributed_to", "iri"), ("valid_from", "date"),
        ("valid_until", "date"), ("document", "iri"), ("start", "integer"), ("end", "integer"), ("quotation", "text"),
        ("record", "iri"), ("rule", "iri"),
    )
)  # fmt: skip
"""The columns of the table, which has a row for each passage, record or rule that supports an assertion."""

_HELP: Final = (
    "Give s, and p and o if you like: a whole IRI, a name such as actor/asean, for p one such as host, or for o a "
    'literal in quotes, such as "2025" or "Name"@en.'
)


@blueprint.get("/why", defaults={"suffix": None})
@blueprint.get("/why.<any(json, csv, html):suffix>")
def why(suffix: str | None) -> Response:
    """The assertions behind a statement and the passages behind those."""
    offer = choose(FORMATS, accept=request.headers.get("Accept", ""), asked=suffix or request.args.get("format"))
    reading = serving.service().reading(replies.release_number())
    try:
        return _answer(reading, offer)
    except CoopgraphError as error:
        if offer is not HTML or not error.fields:
            raise
        given = {name: request.args.get(name, "") for name in PARAMETERS}
        # Who comes with nothing at all has made no mistake yet.
        asked = any(given.values())
        body = serving.page(
            "why_form.html", reading, given=given, names=PARAMETERS, mistakes=error.fields if asked else {}
        )
        return errors.as_page(body, error) if asked else _form(body, reading)


def _answer(reading: Reading, offer: Offer) -> Response:
    given = arguments.demand(request.args, (*PARAMETERS, "release", "format", "lang"))
    languages = arguments.languages(given)
    personal = (*languages, serving.texts_stamp())
    written = (given.get(name, "").strip() for name in PARAMETERS)
    etag = replies.tag(reading.manifest, "why", offer.name, request.script_root, *written, *personal)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    subject, predicate, object_ = _statement(given, reading)
    explanations = explain(reading.select(why_query(subject, predicate, object_)))
    if not explanations:
        raise CoopgraphError("not-found", "Nothing in this release says so.")
    own = NamedNode(terms.rebase(subject.value, reading.manifest.base))
    if offer is JSON:
        told = [as_dict(one, serving.texts()) for one in explanations]
        body = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    elif offer is HTML:
        labels = serving.labels().of(reading, {own, *_mentioned(explanations)})
        namer = serving.namer(reading, labels, languages)
        body = serving.page(
            "why.html", reading, subject=own, explanations=explanations, namer=namer, node=NamedNode,
            others=[(one, _address(given, one)) for one in FORMATS if one is not HTML],
        )  # fmt: skip
    else:
        rows = list(_rows(reading, own, explanations))
        labels = serving.labels().of(reading, (cell for row in rows for cell in row))
        body = tables.as_csv(COLUMNS, rows, serving.namer(reading, labels, languages))
    response = replies.reply(body, offer.media_type, etag=etag, manifest=reading.manifest)
    replies.link(response, (f'<{_address(given, one)}>; rel="alternate"; type="{one.media_type}"' for one in FORMATS))
    replies.link(response, [f'<{own.value}>; rel="about"'])
    return response


def _form(body: str, reading: Reading) -> Response:
    etag = replies.tag(reading.manifest, "why", "form", request.script_root)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    return replies.reply(body, HTML.media_type, etag=etag, manifest=reading.manifest)


def _address(given: Mapping[str, str], offer: Offer) -> str:
    pairs = {name: text.strip() for name, text in given.items() if text.strip() and name != "format"}
    return f"{request.script_root}/why.{offer.name}?{urlencode(pairs)}"


def _rows(reading: Reading, subject: NamedNode, explanations: Iterable[Explanation]) -> Iterator[tuple[Cell, ...]]:
    texts = serving.texts()

    def node(iri: str | None) -> NamedNode | None:
        return None if iri is None else NamedNode(iri)

    def text(value: str | None) -> Literal | None:
        return None if value is None else Literal(value)

    for one in explanations:
        said = (
            Literal(one.assertion), subject, NamedNode(one.predicate), one.object, NamedNode(one.factuality),
            NamedNode(one.polarity), NamedNode(one.rank), node(one.role), node(one.attributed_to),
            text(one.valid_from), text(one.valid_until),
        )  # fmt: skip
        for passage in one.passages:
            span = passage.span
            quotation = None if texts is None else text(texts.quote(span, passage.digest))
            document = NamedNode(f"{reading.iri('id/doc/')}{span.document}")
            place = (Literal(str(number), datatype=INTEGER) for number in (span.start, span.end))
            yield (*said, document, *place, quotation, None, None)
        for record in one.records:
            yield (*said, None, None, None, None, NamedNode(record), None)
        if one.rule is not None:
            yield (*said, None, None, None, None, None, NamedNode(one.rule))


def _mentioned(explanations: Iterable[Explanation]) -> set[NamedNode]:
    found = set()
    for one in explanations:
        iris = (one.predicate, one.factuality, one.polarity, one.rank, one.role, one.attributed_to, one.rule)
        found |= {NamedNode(iri) for iri in (*iris, *one.records) if iri is not None}
        if isinstance(one.object, NamedNode):
            found.add(one.object)
    return found


def _statement(
    given: Mapping[str, str], reading: Reading
) -> tuple[NamedNode, NamedNode | None, NamedNode | Literal | None]:
    """What is asked about, in the default base.

    Raises:
        CoopgraphError: "request", with all fields that are wrong.
    """
    wrong = {}
    found: dict[str, NamedNode | Literal | None] = {}
    for name in PARAMETERS:
        text = given.get(name, "").strip()
        try:
            found[name] = _READ[name](text, reading) if text else None
        except ValueError as error:
            wrong[name] = str(error)
    if found.get("s") is None and "s" not in wrong:
        wrong["s"] = "No subject is given."
    subject, predicate = found.get("s"), found.get("p")
    if wrong or not isinstance(subject, NamedNode) or isinstance(predicate, Literal):
        told = " ".join(f"{name}: {sentence}" for name, sentence in wrong.items())
        raise CoopgraphError("request", told, remedy=_HELP, fields=wrong)
    return subject, predicate, found.get("o")


def _node(text: str, reading: Reading, *, named: Callable[[str], NamedNode] = terms.named) -> NamedNode:
    """The IRI, the name with a known prefix, or what is `named` as on the command line, in the default base."""
    prefix, colon, rest = text.partition(":")
    iri = terms.PREFIXES[prefix] + rest if colon and prefix in terms.PREFIXES else text
    try:
        node = NamedNode(iri) if colon else named(text)
    except (CoopgraphError, ValueError) as error:
        raise ValueError(f"{text!r} names nothing.") from error
    return statements.in_default_base(reading, node)


def _property(text: str, reading: Reading) -> NamedNode:
    return _node(text, reading, named=terms.property_named)


def _value(text: str, reading: Reading) -> NamedNode | Literal:
    if not text.startswith('"'):
        return _node(text, reading)
    prefixes = "".join(f"@prefix {name}: <{iri}> . " for name, iri in terms.PREFIXES.items())
    try:
        quads = list(parse(f"{prefixes}<urn:x:s> <urn:x:p> {text} .", format=RdfFormat.TURTLE))
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"{text!r} is no literal.") from error
    if len(quads) != 1 or not isinstance(quads[0].object, Literal):
        raise ValueError(f"{text!r} is no literal.")
    return quads[0].object


_READ: Final[Mapping[str, Callable[[str, Reading], NamedNode | Literal]]] = {"s": _node, "p": _property, "o": _value}
