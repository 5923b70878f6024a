"""`/validate`: what the shapes say of data that somebody posts, as a SHACL report, JSON or a page."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Final, cast

from flask import Blueprint, Response, current_app, request
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from coopgraph.curate.rdf import MEDIA_TYPES, form_of
from coopgraph.errors import CoopgraphError
from coopgraph.release.validation import Posted, Validations
from coopgraph.sparql.negotiation import HTML, JSON, RESOURCES, choose
from coopgraph.web import arguments, bodies, errors, replies, serving

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.settings import Settings
    from coopgraph.web.service import Reading

blueprint = Blueprint("validate", __name__)

FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
TOGETHER: Final = "release"
SHOWN: Final = 200
"""How many findings a page shows."""

_PARAMETERS: Final = ("with", "release", "format")
_FIELDS: Final = ("data", "type", "with")


def validations(settings: Settings) -> Validations:
    """What runs the validations of an application with these settings."""
    return Validations(
        seconds=settings.query_seconds,
        memory=settings.query_memory,
        size=settings.query_bytes,
        at_once=settings.validations,
    )


@blueprint.get("/validate")
def form() -> Response:
    """A form to send data with."""
    arguments.demand(request.args, ("release", "format"))
    choose((HTML,), accept=request.headers.get("Accept", ""), asked=request.args.get("format"))
    reading = serving.service().reading(replies.release_number())
    etag = replies.tag(reading.manifest, "validate", request.script_root)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    return replies.reply(_page(reading, {}), HTML.media_type, etag=etag, manifest=reading.manifest)


@blueprint.post("/validate")
def report() -> Response:
    """The report on the posted data, whatever it says."""
    given = arguments.demand(request.args, _PARAMETERS)
    offer = choose(RESOURCES, accept=request.headers.get("Accept", ""), asked=given.get("format"))
    body = bodies.receive()
    reading = serving.service().reading(replies.release_number())
    fields: dict[str, str] = {}
    try:
        content, media_type, fields = _received(body)
        form_of(media_type)
        together = _together(fields.get("with", given.get("with", "")))
        with serving.service().shelf.open(reading.manifest.number) as release:
            judged = _validations().run(
                Posted(
                    content,
                    media_type,
                    document=request.base_url,
                    base=reading.manifest.base,
                    report=JSON.media_type if offer is HTML else offer.media_type,
                    release=release.nquads if together else None,
                )
            )
    except CoopgraphError as error:
        if offer is not HTML:
            raise
        return errors.as_page(_page(reading, fields, error=error), error)
    if offer is HTML:
        told = json.loads(judged.report)
        told["findings"] = told["findings"][:SHOWN]
        return replies.reply(
            _page(reading, fields, verdict=told), HTML.media_type, etag=None, manifest=reading.manifest
        )
    return replies.reply(judged.report, offer.media_type, etag=None, manifest=reading.manifest)


def _received(body: bytes) -> tuple[bytes, str, dict[str, str]]:
    """The data, their media type, and the fields of the form if it was one."""
    media_type, options = parse_options_header(request.headers.get("Content-Type", ""))
    if media_type not in FORMS:
        return body, media_type, {}
    try:
        _, texts, files = FormDataParser(max_form_parts=20).parse(io.BytesIO(body), media_type, len(body), options)
    except ValueError as error:
        raise CoopgraphError("request", "The form cannot be read.") from error
    fields = {name: text for name, text in texts.items() if name in _FIELDS}
    file = files.get("file")
    # A browser sends a file without a name where none was chosen.
    if file is not None and file.filename:
        with file.stream as stream:
            content = stream.read()
        media_type = fields.get("type") or _by_ending(file.filename) or file.mimetype
        return content, media_type, fields
    if not fields.get("data", "").strip():
        raise CoopgraphError("request", "There are no data.", fields={"data": "Write or choose some."})
    return fields["data"].encode("utf-8", "replace"), fields.get("type") or "text/turtle", fields


def _by_ending(name: str) -> str:
    endings = {offer.name: offer.media_type for offer in RESOURCES if offer.media_type in MEDIA_TYPES}
    return endings.get(name.rpartition(".")[2].lower(), "")


def _together(text: str) -> bool:
    if text not in {"", TOGETHER}:
        raise CoopgraphError(
            "request",
            f"with: {text!r} is unknown.",
            remedy="Write with=release or nothing.",
            fields={"with": "unknown"},
        )
    return text == TOGETHER


def _page(
    reading: Reading,
    fields: Mapping[str, str],
    *,
    verdict: Mapping[str, Any] | None = None,
    error: CoopgraphError | None = None,
) -> str:
    return serving.page(
        "validate.html",
        reading,
        fields=fields,
        types=[offer for offer in RESOURCES if offer.media_type in MEDIA_TYPES],
        verdict=verdict,
        error=error,
        shown=SHOWN,
        namer=serving.namer(reading, {}),
        limits=serving.service().settings,
    )


def _validations() -> Validations:
    return cast("Validations", current_app.extensions["coopgraph-validations"])
