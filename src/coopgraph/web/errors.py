"""What becomes of a failure in an application's page or resource: told as its reader likes it, never a stack trace."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from coopgraph.errors import KINDS, CoopgraphError
from coopgraph.sparql.negotiation import HTML, PROBLEM
from coopgraph.web import problems
from coopgraph.web.behalf import BEHALF
from coopgraph.web.problems import RETRY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.wrappers import Response as AnyResponse

__all__ = ["RETRY_SECONDS", "as_page", "init_app", "note", "tell"]

_log = logging.getLogger(__name__)
_CODES: Final = {
    401: "unauthorized", 404: "not-found", 405: "method", 406: "not-acceptable", 413: "too-large", 415: "media-type",
}  # fmt: skip


def init_app(app: Flask) -> None:
    """Let every failure of the application be told by `tell`."""
    app.register_error_handler(CoopgraphError, tell)
    app.register_error_handler(HTTPException, _tell_http)
    app.register_error_handler(Exception, _tell_unexpected)


def tell(error: CoopgraphError, allowed: Iterable[str] = ()) -> Response:
    """The response for a failure: a page if the reader is a browser, else application/problem+json.

    `allowed` are the methods that are offered, where another one was tried.
    """
    behalf = BEHALF.get()
    if error.query_id is None and behalf is not None:
        error.query_id = behalf.id
    if problems.for_person(request.headers.get("Accept", "")):
        return _finished(
            render_template("error.html", error=error, status=error.kind.http), HTML.media_type, error, allowed
        )
    return _finished(problems.document(error), PROBLEM.media_type, error, allowed)


def note(error: CoopgraphError) -> None:
    """Let log and measures call what became of this request by the code of its error, whoever is told of it and how."""
    scope = request.environ.get("asgi.scope", {})
    if problems.ENDED in scope:
        scope[problems.ENDED](error.code)


def as_page(body: str, error: CoopgraphError) -> Response:
    """A page that tells of a failure, with the status and the headers that this failure has."""
    return _finished(body, HTML.media_type, error)


def _finished(body: str | bytes, media_type: str, error: CoopgraphError, allowed: Iterable[str] = ()) -> Response:
    note(error)
    response = Response(body, status=error.kind.http, mimetype=media_type)
    response.headers.update(problems.headers(error, allowed=allowed))
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
        413: f"The request has more than {current_app.config['MAX_CONTENT_LENGTH']} bytes, the limit request_bytes.",
    }
    limit = "request_bytes" if status == 413 else None
    allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    return tell(CoopgraphError(code, sentences.get(status, f"{KINDS[code].title}."), limit=limit), allowed or ())


def _tell_unexpected(error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return tell(problems.ours())
