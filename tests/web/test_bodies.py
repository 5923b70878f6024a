"""Bodies of requests: whole or refused, whether their length is stated or not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from werkzeug.exceptions import RequestEntityTooLarge

from coopgraph.errors import CoopgraphError
from coopgraph.web import bodies

if TYPE_CHECKING:
    from flask import Flask

LIMIT = 20_000


def receive(app: Flask, body: io.RawIOBase | io.BytesIO, length: int | None = None) -> bytes:
    """What arrives of a body; without a length as a server hands on what came in chunks."""
    given = {"wsgi.input": body, "wsgi.input_terminated": True}
    stated = {} if length is None else {"CONTENT_LENGTH": str(length)}
    with app.test_request_context("/sparql", method="POST", environ_overrides=given | stated):
        return bodies.receive()


@pytest.mark.parametrize("size", [0, 1, LIMIT])
def test_a_body_within_the_limit_arrives_whole(app: Flask, size: int) -> None:
    body = b"x" * size
    assert receive(app, io.BytesIO(body), size) == body
    assert receive(app, io.BytesIO(body)) == body


@pytest.mark.parametrize("size", [LIMIT + 1, LIMIT + 2, 10 * LIMIT])
def test_a_longer_body_is_refused_and_never_cut(app: Flask, size: int) -> None:
    for length in (size, None):
        with pytest.raises((CoopgraphError, RequestEntityTooLarge)) as caught:
            receive(app, io.BytesIO(b"ASK {} #" + b"x" * (size - 8)), length)
        if isinstance(caught.value, CoopgraphError):
            assert (caught.value.code, caught.value.limit) == ("too-large", "request_bytes")
