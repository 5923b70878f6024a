"""What is not understood or not allowed."""

from __future__ import annotations

from typing import Final

from tests.conformance.checks.check import FORM, PROBLEM, QUERY, UPDATE, Check, direct, form, get

MISTAKES: Final = (
    form("a form without a query", "nothing=here", status=400, type=PROBLEM),
    Check("a QUERY without a body's type", 415, method="QUERY", body="ASK {}", type=PROBLEM),
    get("two queries", "ASK {}", "query=ASK%20%7B%7D", status=400, type=PROBLEM),
    form("two queries in a form", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", status=400, type=PROBLEM),
    direct("one query as a body and one in the address", "ASK {}", ask="query=ASK%20%7B%7D", status=400, type=PROBLEM),
    Check("an empty query", 400, ask="query=", type=PROBLEM),
    direct("an empty body", "", status=400, type=PROBLEM),
    get(
        "a mistake is told with its place",
        "SELECT * {\n  ?s ?p }",
        status=400,
        type=PROBLEM,
        says=('"line"', '"column"'),
    ),
    Check("an update in the address", 400, ask="update=CLEAR%20ALL", type=PROBLEM),
    form("an update where queries are answered", "update=CLEAR+ALL", status=400, type=PROBLEM),
    direct(
        "an update's type where queries are answered", "CLEAR ALL", media_type=UPDATE, status=(400, 415), type=PROBLEM
    ),
    get("an update as a query", "CLEAR ALL", status=400, type=PROBLEM),
    Check("a body without a type", 415, method="POST", body="ASK {}", type=PROBLEM),
    direct("a body of text", "ASK {}", media_type="text/plain", status=415, type=PROBLEM, says=(QUERY, FORM)),
    direct("a body of JSON", "{}", media_type="application/json", status=415, type=PROBLEM),
    direct("a form of many parts", "--x--", media_type="multipart/form-data; boundary=x", status=415, type=PROBLEM),
    direct("UTF-16", "ASK {}".encode("utf-16"), media_type=f"{QUERY}; charset=utf-16", status=(400, 415), type=PROBLEM),
    direct("bytes that are not UTF-8", b'ASK { ?s ?p "\xff" }', status=400, type=PROBLEM),
    form("bytes in a form that are not UTF-8", b"query=ASK+%7B+%3Fs+%3Fp+%22%FF%22+%7D", status=400, type=PROBLEM),
    Check(
        "bytes in the address that are not UTF-8",
        400,
        ask="query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%20%7D",
        type=PROBLEM,
    ),
    Check("half of a surrogate pair", 400, ask="query=ASK%20%7B%20%3Fs%20%3Fp%20%22%ED%A0%80%22%20%7D", type=PROBLEM),
    get("an unknown release", "ASK {}", "release=999999", status=(404, 410), type=PROBLEM),
    get("a release that is no number", "ASK {}", "release=newest", status=400, type=PROBLEM),
    get("SERVICE is refused", "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", status=403, type=PROBLEM),
    get(
        "SERVICE SILENT is refused",
        "ASK { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        status=403,
        type=PROBLEM,
    ),
    get(
        "a mistake beside SERVICE is a mistake",
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } ) }",
        status=400,
        type=PROBLEM,
    ),
)
