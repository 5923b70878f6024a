"""The body of the request that a page or resource answers: whole or refused."""

from __future__ import annotations

from flask import current_app, request

from coopgraph.errors import CoopgraphError


def receive(limit: int | None = None, name: str = "request_bytes") -> bytes:
    """The body of the request that is being answered, of at most `limit` bytes, a limit of this name.

    Raises:
        CoopgraphError: "too-large" if it is longer.
    """
    most = int(current_app.config["MAX_CONTENT_LENGTH"]) if limit is None else limit
    # A body of unstated length is read up to the limit and not beyond; only one byte more tells that it is cut.
    request.max_content_length = most + 1
    body = request.get_data(cache=False)
    if len(body) > most:
        raise CoopgraphError("too-large", f"The request has more than {most} bytes, the limit {name}.", limit=name)
    return body
