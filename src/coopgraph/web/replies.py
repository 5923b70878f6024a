"""What all answers have in common: lengths, validators, and who may read them from where."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from flask import Response, request

from coopgraph import __version__
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from flask import Flask

    from coopgraph.release.manifest import Manifest
    from coopgraph.sparql.negotiation import Offer

_EXPOSED: Final = "Allow, Content-Length, ETag, Link, Retry-After, Vary, X-Coopgraph-Release"
# Pages need their own style sheet and nothing else; so nothing a label might smuggle in can run.
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def init_app(app: Flask) -> None:
    """Give every response the headers that all have."""
    app.after_request(_finish)


def tag(manifest: Manifest, *parts: str) -> str:
    """The strong validator of an answer that depends on the release and on these parts of the request alone."""
    return hashlib.sha256("\x1f".join((manifest.digest, manifest.base, __version__, *parts)).encode()).hexdigest()[:32]


def unchanged(etag: str) -> bool:
    """Whether the reader already has this answer. A proxy that compressed it has marked the validator as weak."""
    return request.method in {"GET", "HEAD"} and request.if_none_match.contains_weak(etag)


def reply(body: bytes | str, media_type: str, *, etag: str | None, manifest: Manifest, status: int = 200) -> Response:
    """A whole answer. With `etag` it may be kept as long as it is revalidated, without one it must not be kept."""
    response = Response(body, status=status, mimetype=media_type)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["X-Coopgraph-Release"] = str(manifest.number)
    if etag is None:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers["Cache-Control"] = "no-cache"
        response.set_etag(etag)
    return response


def not_modified(etag: str, manifest: Manifest) -> Response:
    """The answer to a reader who already has it."""
    response = reply(b"", "text/plain", etag=etag, manifest=manifest, status=304)
    del response.headers["Content-Type"]
    return response


def alternates(path: str, offers: tuple[Offer, ...]) -> str:
    """A Link header that names the other formats of a resource."""
    root = request.script_root
    return ", ".join(f'<{root}/{path}.{offer.name}>; rel="alternate"; type="{offer.media_type}"' for offer in offers)


def release_number() -> int | None:
    """The release that the request pins, if any.

    Raises:
        CoopgraphError: "request" if it is no number.
    """
    return parse_release(request.args.get("release"))


def parse_release(text: str | None) -> int | None:
    """The number in a `release` parameter; None if there is none.

    Raises:
        CoopgraphError: "request" if it is no number.
    """
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise CoopgraphError("request", f"{text!r} is no number of a release.")
    return int(text)


def _finish(response: Response) -> Response:
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = _EXPOSED
    headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype == "text/html":
        headers["Content-Security-Policy"] = _POLICY
        headers["Referrer-Policy"] = "same-origin"
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = headers.get("Allow", "GET, HEAD, OPTIONS")
        headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type, If-None-Match"
        headers["Access-Control-Max-Age"] = "86400"
    return response
