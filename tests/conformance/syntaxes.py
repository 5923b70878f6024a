"""Syntax: what is SPARQL is taken, what is none is a bad request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.conformance.client import told

if TYPE_CHECKING:
    import httpx

    from tests.conformance.cases import SyntaxCase
    from tests.conformance.client import Server
    from tests.conformance.library import Library

_SPOILT: Final = "\n}"


def run(server: Server, library: Library, case: SyntaxCase) -> None:
    """Send the text of the case.

    A text that may not run here, or fails because a graph is missing, has been understood, if the same text with a
    mistake at its end is a bad request for that mistake.

    Raises:
        AssertionError: if right text is refused as wrong or the other way round.
    """
    text = library.text(case.text)
    response = _sent(server, case, text)
    if not case.positive:
        assert response.status_code == 400, f"taken although it is wrong: {told(response)}"
    elif not response.is_success:
        assert response.status_code != 400, told(response)
        spoilt = _sent(server, case, text + _SPOILT)
        assert spoilt.status_code == 400, f"refused without being read: {told(response)}"


def _sent(server: Server, case: SyntaxCase, text: str) -> httpx.Response:
    return server.update(text) if case.update else server.query(text, "*/*")
