"""Who may do more than read: whoever sends the operator's token."""

from __future__ import annotations

import hmac
from typing import Final

from coopgraph.errors import CoopgraphError

CHALLENGE: Final = 'Bearer realm="coopgraph"'
"""The WWW-Authenticate header of every answer with the error "unauthorized"."""

_SCHEME: Final = "bearer"


def holds(token: str | None, authorization: str) -> bool:
    """Whether the Authorization header carries the operator's token; never if there is none.

    How long it takes tells nothing about how much of a wrong token is right.
    """
    scheme, _, given = authorization.strip().partition(" ")
    if token is None or scheme.lower() != _SCHEME:
        return False
    return hmac.compare_digest(given.strip().encode("utf-8", "surrogatepass"), token.encode())


def demand(token: str | None, authorization: str) -> None:
    """Let pass who sends the operator's token.

    Raises:
        CoopgraphError: "forbidden" if the service has no token, "unauthorized" if another one or none was sent.
    """
    if token is None:
        raise CoopgraphError("forbidden", "This service has no token, so nobody may do this.", remedy="Set token.")
    if not holds(token, authorization):
        what = "The token is not the right one." if authorization.strip() else "This needs the operator's token."
        raise CoopgraphError("unauthorized", what, remedy="Send it as Authorization: Bearer TOKEN.")
