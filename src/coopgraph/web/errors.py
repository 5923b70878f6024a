"""What becomes of a failure: a problem document for programs, a page for people, never a stack trace."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from coopgraph.errors import KINDS, CoopgraphError
from coopgraph.sparql.negotiation import HTML, PROBLEM, prefers
from coopgraph.web import authority

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

RETRY_SECONDS: Final = {
    "busy": 2,
    "cancelled": 60,
    "reader-lost": 1,
    "memory": 5,
    "not-ready": 5,
    "store-lost": 2,
}

_log = logging.getLogger(__name__)
_CODES: Final = {
    401: "unauthorized",
    404: "not-found",
    405: "method",
    413: "too-large",
    415: "media-type",
    406: "not-acceptable",
}


def init_app(app: Flask) -> None:
    """Let every failure of the application be told by `tell`."""
    app.register_error_handler(CoopgraphError, tell)
    app.register_error_handler(HTTPException, _tell_http)
    app.register_error_handler(Exception, _tell_unexpected)


def tell(error: CoopgraphError) -> Response:
    """The response for a failure: a page if the reader is a browser, else application/problem+json."""
    if prefers(HTML, (PROBLEM,), request.headers.get("Accept", "")):
        return as_page(render_template("error.html", error=error, status=error.kind.http), error)
    return _finished(json.dumps(error.as_problem_json(), ensure_ascii=False) + "\n", PROBLEM.media_type, error)


def as_page(body: str, error: CoopgraphError) -> Response:
    """A page that tells of a failure, with the status and the headers that this failure has."""
    return _finished(body, HTML.media_type, error)


def _finished(body: str, media_type: str, error: CoopgraphError) -> Response:
    response = Response(body, status=error.kind.http, mimetype=media_type)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-store"
    if error.code == "unauthorized":
        response.headers["WWW-Authenticate"] = authority.CHALLENGE
    if error.code in RETRY_SECONDS:
        response.headers["Retry-After"] = str(RETRY_SECONDS[error.code])
    return response


def _tell_http(error: HTTPException) -> Response | AnyResponse:
    status = error.code or 500
    if status < 400:
        # A redirect is no failure.
        return error.get_response()
    code = _CODES.get(status, "request" if status < 500 else "internal")
    sentences = {
        404: f"Nothing is at {request.path}.",
        405: f"{request.method} is not offered at {request.path}.",
        413: "The request is larger than the limit request_bytes.",
    }
    limit = "request_bytes" if status == 413 else None
    response = tell(CoopgraphError(code, sentences.get(status, f"{KINDS[code].title}."), limit=limit))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _tell_unexpected(error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return tell(CoopgraphError("internal", "The mistake is ours; it stands in the server's log."))
