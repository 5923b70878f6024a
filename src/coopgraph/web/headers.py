"""The headers that answers have in common: who may read them from where, and what a page may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Raw = list[tuple[bytes, bytes]]
"""Headers as the server wants them: lower-case names, everything in bytes."""

REQUEST_ID: Final = "X-Request-Id"
CHANGED: Final = "This is no more what If-Match names."
"""What is told to who wants an answer only as it was."""
VARY: Final = "Accept, Accept-Datetime, Accept-Encoding, Accept-Language"

_EXPOSED: Final = (
    "Allow, Content-Length, Content-Location, ETag, Link, Location, Memento-Datetime, Retry-After, Vary, "
    f"WWW-Authenticate, X-Coopgraph-Release, {REQUEST_ID}"
)
_ASKED: Final = "Accept, Accept-Datetime, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match"
# Pages need their own style sheet and nothing else; so nothing a label might smuggle in can run.
_PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Data are no document; if a browser shows them as one, nothing in them may run or load anything.
_DATA_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

_ALWAYS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": _EXPOSED,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
PAGE: Final = {
    **_ALWAYS,
    "Content-Security-Policy": _PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every page has."""

DATA: Final = {
    **_ALWAYS,
    "Content-Security-Policy": _DATA_POLICY,
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What every answer has that is no page; data are for everybody, and never with anybody's credentials."""


UNCHANGED: Final = _ALWAYS
"""What an answer without a body has that says nothing changed.

A browser puts its headers in the place of those it has kept, so a policy for data would take the style from a page.
"""


def common(media_type: str) -> dict[str, str]:
    """The headers that every answer of this media type has."""
    return PAGE if media_type == "text/html" else DATA


def preflight(allowed: Iterable[str]) -> dict[str, str]:
    """What a browser is told that asks whether a stranger's script may send a request."""
    methods = ", ".join(sorted(allowed))
    return {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": _ASKED,
        "Access-Control-Max-Age": "86400",
    }


def raw(headers: Iterable[tuple[str, str]]) -> Raw:
    """The headers in bytes.

    Raises:
        ValueError: if one holds what would end it and begin another.
    """
    encoded = [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in headers]
    for name, value in encoded:
        if any(sign in value for sign in (b"\r", b"\n", b"\0")):
            raise ValueError(f"the header {name.decode()} holds more than one line")
    return encoded


RAW_DATA: Final[Sequence[tuple[bytes, bytes]]] = tuple(raw(DATA.items()))
"""`DATA` in bytes."""
