"""Failures as programs read them: problem documents, and the headers that go with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.negotiation import HTML, PROBLEM, prefers
from coopgraph.web import authority

if TYPE_CHECKING:
    from collections.abc import Iterable

ENDED: Final = "coopgraph.ended"
"""In the scope of a request: a function that takes the code of the error that it ended with, for log and measures."""

RETRY_SECONDS: Final = {"busy": 2, "reader-lost": 1, "memory": 5, "not-ready": 5, "store-lost": 2, "cancelled": 60}


def ours() -> CoopgraphError:
    """What strangers are told about a mistake of ours."""
    return CoopgraphError("internal", "The mistake is ours; it stands in the server's log.")


def for_person(accept: str) -> bool:
    """Whether a failure is to be told by a page."""
    return prefers(HTML, (PROBLEM,), accept)


def document(error: CoopgraphError) -> bytes:
    """The failure as application/problem+json."""
    return (json.dumps(error.as_problem_json(), ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def headers(error: CoopgraphError, *, allowed: Iterable[str] = ()) -> dict[str, str]:
    """What the answer to a request that failed says besides: nobody shall keep it, and when to come again.

    `allowed` are the methods that are offered, where another one was tried.
    """
    found = {"Vary": "Accept", "Cache-Control": "no-store"}
    if error.code == "unauthorized":
        found["WWW-Authenticate"] = authority.CHALLENGE
    if error.code in RETRY_SECONDS:
        found["Retry-After"] = str(RETRY_SECONDS[error.code])
    methods = ", ".join(sorted(allowed))
    if methods:
        found["Allow"] = methods
    return found
