"""Shows the credentials in the way that the service asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Generator

    from coopgraph.store.remote.service import RemoteService


class BearerAuth(httpx.Auth):
    """A token with every request."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with the token."""
        request.headers["Authorization"] = self._header
        yield request


class PasswordAuth(httpx.Auth):
    """User and password, first shown when the service asks for them, then at once: by Digest if offered, else Basic.

    A password does not go over the wire to a service that does not want to see it.
    """

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx.BasicAuth(user, password)
        self._digest = httpx.DigestAuth(user, password)
        self._known: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request, and after a challenge the request with an answer to it."""
        if self._known is None:
            response = yield request
            offers = " ".join(response.headers.get_list("WWW-Authenticate")).lower()
            if response.status_code != httpx.codes.UNAUTHORIZED or not offers:
                return
            self._known = self._digest if "digest" in offers else self._basic
        yield from self._known.auth_flow(request)


def auth_for(service: RemoteService) -> httpx.Auth | None:
    """How requests to the service are signed; None for a service without credentials."""
    if service.token:
        return BearerAuth(service.token)
    return PasswordAuth(service.user, service.password) if service.user else None
