"""Requests to begin from, and the words that requests are made of."""

from __future__ import annotations

from typing import Final

SEPARATOR: Final = b"\xff\xfe"
"""Splits the bytes of a case into the parts of a request; these two never stand together in UTF-8."""


def case(method: int, query_string: bytes, accept: bytes = b"", content_type: bytes = b"", body: bytes = b"") -> bytes:
    """The bytes that stand for this request."""
    return bytes([method]) + SEPARATOR.join((query_string, accept, content_type, body))


_QUERY: Final = b"query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D"
CASES: Final = (
    case(0, _QUERY),
    case(0, _QUERY + b"&default-graph-uri=urn:a&named-graph-uri=urn:b&release=3&version=1.2", b"text/csv"),
    case(0, _QUERY + b"&format=xml", b"text/html;q=0.9, */*;q=0.1"),
    case(0, b"", b"text/turtle"),
    case(1, b"query=ASK%7B%7D", b"application/sparql-results+json, text/csv;q=0.5"),
    case(2, b"", b"*/*", b"application/x-www-form-urlencoded; charset=utf-8", _QUERY),
    case(2, b"release=1", b"", b"application/sparql-query", b"CONSTRUCT WHERE { ?s ?p ?o }"),
    case(3, b"", b"application/ld+json", b"application/sparql-query", b"DESCRIBE <urn:x>"),
    case(2, b"", b"", b"application/sparql-update", b"CLEAR ALL"),
    case(0, b"update=CLEAR+ALL"),
    case(0, b"query=SELECT+*%7BSERVICE+%3Curn:x%3E%7B%7D%7D"),
    case(0, b"query=SELECT+(NOW()+AS+?n)%7B%7D"),
    case(0, b"query=%ff%fe", b"text/html"),
)
WORDS: Final = (
    "query=", "update=", "default-graph-uri=", "named-graph-uri=", "using-graph-uri=", "release=", "format=",
    "version=", "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "SERVICE", "SILENT", "LOAD", "INSERT",
    "DELETE", "PREFIX", "BASE", "GRAPH", "FROM", "NAMED", "BIND", "FILTER", "text/html", "text/csv",
    "text/turtle", "application/json", "*/*", "application/sparql-query", "application/x-www-form-urlencoded",
    "charset=", "q=0.5", "q=0", "%7B", "%7D", "%00", "%ff", "\\\\u0053", "&", "=", ";", ",", "<urn:x>", "?s",
    "{", "}", "(", ")", "#", "'''",
)  # fmt: skip
