"""The bodies of requests: whole or refused, and never so many at once that nobody else is served."""

from __future__ import annotations

import threading
from typing import cast

from flask import current_app, request

from coopgraph.errors import CoopgraphError


class Bodies:
    """Receives bodies of at most `limit` bytes, `at_once` of them at a time.

    A sender may take as long as it likes and keeps a thread of the server waiting, so not all threads may wait so.
    """

    def __init__(self, limit: int, at_once: int) -> None:
        self._limit = limit
        self._slots = threading.BoundedSemaphore(at_once)

    def receive(self, limit: int | None = None, name: str = "request_bytes") -> bytes:
        """The body of the request that is being answered; `limit`, if given, is another one, of this name.

        Raises:
            CoopgraphError: "too-large" if it is longer than the limit, "busy" if too many are on their way.
        """
        if not self._slots.acquire(blocking=False):
            raise CoopgraphError(
                "busy",
                "Too many requests are still arriving.",
                remedy="Try again in a moment, or ask by GET.",
                limit="request_bodies",
            )
        try:
            # A body of unstated length is read up to the limit and not beyond; only one byte more tells that it is cut.
            most = self._limit if limit is None else limit
            request.max_content_length = most + 1
            body = request.get_data(cache=False)
        finally:
            self._slots.release()
        if len(body) > most:
            raise CoopgraphError("too-large", f"The request is larger than the limit {name}.", limit=name)
        return body


def receive(limit: int | None = None, name: str = "request_bytes") -> bytes:
    """The body of the request that is being answered; see `Bodies.receive`."""
    return cast("Bodies", current_app.extensions["coopgraph-bodies"]).receive(limit, name)
