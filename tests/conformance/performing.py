"""Puts one case, of whatever kind, to a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import httpx

from tests.conformance import cases, descriptions, documents, exchanges, queries, syntaxes, updates

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.cases import Case
    from tests.conformance.client import Server
    from tests.conformance.library import Library

_RUNNERS: Final[dict[type, Callable[[Server, Library, Any], None]]] = {
    cases.UpdateCase: updates.run,
    cases.SyntaxCase: syntaxes.run,
    cases.ExchangeCase: exchanges.run,
    cases.DescriptionCase: descriptions.run,
    cases.DocumentCase: documents.run,
}


def perform(server: Server, library: Library, case: Case, form: str | None = None) -> None:
    """Run the case; `form` is the format in which the answers to queries are asked for.

    Raises:
        AssertionError: saying what came, if that is not what must come.
    """
    if isinstance(case, cases.QueryCase):
        queries.run(server, library, case, form)
    else:
        _RUNNERS[type(case)](server, library, case)


def why_not(server: Server, library: Library, case: Case, form: str | None = None) -> str | None:
    """Why the case fails; None if it passes. An answer that cannot be read fails as well."""
    try:
        perform(server, library, case, form)
    except (AssertionError, SyntaxError, ValueError, KeyError, httpx.HTTPError) as error:
        server.touched()
        return f"{type(error).__name__}: {error}"
    return None
