"""Methods, and the headers of answers."""

from __future__ import annotations

from typing import Final

from tests.conformance.checks.check import JSON, PROBLEM, VALUES, Check, get

METHODS_OF_QUERIES: Final = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
HEADERS: Final = (
    get("answers vary by what is accepted", "ASK {}", holds={"vary": ("accept",)}),
    get("mistakes are not kept", "ASK {", status=400, holds={"cache-control": ("no-store",)}),
    get("an answer has a strong validator and a length", VALUES, holds={"etag": ('"',), "content-length": ("",)}),
    get(
        "what differs each time has no validator",
        "SELECT (NOW() AS ?v) {}",
        lacks=("etag",),
        holds={"cache-control": ("no-store",)},
    ),
    get(
        "anybody may read it from anywhere",
        "ASK {}",
        headers={"Origin": "http://example.org"},
        holds={"access-control-allow-origin": ("*",)},
        lacks=("access-control-allow-credentials",),
    ),
    get(
        "mistakes may be read from anywhere",
        "ASK {",
        headers={"Origin": "http://example.org"},
        status=400,
        holds={"access-control-allow-origin": ("*",)},
    ),
    get("nothing is sniffed", "ASK {}", holds={"x-content-type-options": ("nosniff",)}),
    get("a request has a name", "ASK {}", holds={"x-request-id": ("",)}),
    get("the release is told", "ASK {}", holds={"x-coopgraph-release": ("",)}),
    get("a head without a body", VALUES, method="HEAD", type=JSON, holds={"content-length": ("",), "etag": ('"',)}),
    Check("options", (200, 204), method="OPTIONS", holds={"allow": METHODS_OF_QUERIES}),
    Check(
        "a browser asks whether it may",
        (200, 204),
        method="OPTIONS",
        headers={
            "Origin": "http://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
        holds={
            "access-control-allow-origin": ("*",),
            "access-control-allow-methods": ("post",),
            "access-control-allow-headers": ("content-type", "accept"),
        },
    ),
    *(
        Check(
            f"{method} is not offered for queries",
            405,
            method=method,
            body=body,
            type=PROBLEM,
            holds={"allow": METHODS_OF_QUERIES},
        )
        for method, body in (("PUT", "ASK {}"), ("DELETE", None), ("PATCH", "ASK {}"))
    ),
    Check("a method that nobody knows", (405, 501), method="FROBNICATE"),
)
