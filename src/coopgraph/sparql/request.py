"""What a request of the SPARQL 1.1 Protocol asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from werkzeug.http import parse_options_header

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Sequence

METHODS: Final = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

_FIELDS: Final = 1000
"""More parameters than this are no request but an attack."""


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query with the graphs it shall see and the format and release asked for, all as they were written."""

    text: str
    default_graphs: tuple[str, ...] = field(default=())
    named_graphs: tuple[str, ...] = field(default=())
    format: str | None = None
    release: str | None = None


def read(method: str, query_string: bytes, *, content_type: str = "", body: bytes = b"") -> QueryRequest | None:
    """The query that the request holds; None for a GET without one, which asks about the service itself.

    Parameters that the protocol does not know, `version` among them, are ignored.

    Raises:
        CoopgraphError: "method" for another method, "media-type" for a body that is neither form nor query, "request"
            for a missing or repeated query, an update, or text that is not UTF-8.
    """
    given = pairs(query_string)
    if method in {"GET", "HEAD"}:
        return _request(given, required=False)
    if method not in {"POST", "QUERY"}:
        raise CoopgraphError("method", f"{method} is not offered; use {', '.join(METHODS)}.")
    media_type, options = parse_options_header(content_type)
    media_type, charset = media_type.lower(), options.get("charset", "utf-8").lower()
    if media_type == UPDATE:
        raise CoopgraphError("request", "This is an update, and here only queries are answered.")
    if media_type not in {FORM, QUERY}:
        raise CoopgraphError(
            "media-type", f"The body is {media_type or 'of no stated type'}.", remedy=f"Send {QUERY} or {FORM}."
        )
    if charset not in {"utf-8", "utf8"}:
        raise CoopgraphError("request", f"SPARQL is written in UTF-8, not in {charset}.")
    if media_type == FORM:
        return _request(given + pairs(body), required=True)
    return _request([*given, ("query", decoded(body))], required=True)


def pairs(encoded: bytes) -> list[tuple[str, str]]:
    """The parameters in a query string or a form, in their order.

    Raises:
        CoopgraphError: "request" if they are not UTF-8 or far too many.
    """
    if encoded.count(b"&") >= _FIELDS:
        raise CoopgraphError("request", f"There are more than {_FIELDS} parameters.")
    try:
        # As `urllib.parse.parse_qsl` reads them, in half the time.
        return [
            (unquote_to_bytes(name).decode(), unquote_to_bytes(value).decode())
            for name, _, value in (part.partition(b"=") for part in encoded.replace(b"+", b" ").split(b"&") if part)
        ]
    except UnicodeDecodeError as error:
        raise CoopgraphError("request", "A parameter is not UTF-8.") from error


def decoded(encoded: bytes) -> str:
    """The text of a request.

    Raises:
        CoopgraphError: "request" if it is not UTF-8.
    """
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CoopgraphError("request", f"Byte {error.start + 1} of the request is not UTF-8.") from error


def _request(given: Sequence[tuple[str, str]], *, required: bool) -> QueryRequest | None:
    def every(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in given if key == name)

    def single(name: str) -> str | None:
        values = every(name)
        if len(values) > 1:
            raise CoopgraphError("request", f"The parameter {name!r} is given {len(values)} times.")
        return values[0] if values else None

    if every("update"):
        raise CoopgraphError("request", "This is an update, and here only queries are answered.")
    text = single("query")
    if text is None:
        if required:
            raise CoopgraphError("request", "There is no parameter 'query'.")
        return None
    return QueryRequest(text, every("default-graph-uri"), every("named-graph-uri"), single("format"), single("release"))
