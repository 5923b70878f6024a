"""`/timemap/…`: the states that a resource has had, one for each release."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request

from coopgraph.web import memento, replies

blueprint = Blueprint("timemaps", __name__)


@blueprint.get("/timemap/<any(link, json):form>/", defaults={"path": ""})
@blueprint.get("/timemap/<any(link, json):form>/<path:path>")
def timemap(form: str, path: str) -> Response:
    """All states of the resource at this path; in a release in which there was nothing there, the state is that."""
    moments = replies.moments()
    resource = memento.original(replies.root(), f"/{path}", request.query_string.decode(errors="replace"))
    if form == "link":
        response = Response(memento.link_format(resource, moments), mimetype=memento.LINK_FORMAT)
    else:
        text = json.dumps(memento.as_dict(resource, moments), ensure_ascii=False, indent=1) + "\n"
        response = Response(text, mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
