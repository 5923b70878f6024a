"""What all answers have in common: lengths, validators, and who may read them from where."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from flask import Response, current_app, g, request

from coopgraph import __version__
from coopgraph.errors import CoopgraphError
from coopgraph.sparql.plan import parse_release
from coopgraph.web import headers, memento, pinning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask

    from coopgraph.release.manifest import Manifest
    from coopgraph.sparql.negotiation import Offer
    from coopgraph.web.memento import Moment
    from coopgraph.web.service import Service

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
REVALIDATE: Final = "no-cache"
DESCRIBING: Final = frozenset({"ttl", "jsonld"})
"""The formats that describe whatever has several."""


def init_app(app: Flask) -> None:
    """Give every response the headers that all have."""
    app.after_request(_finish)


def tag(manifest: Manifest, *parts: str) -> str:
    """The strong validator of an answer that depends on the release and on these parts of the request alone."""
    # Links in an answer stay with the release, if the request does.
    kept = () if pinning.kept() is None else (f"release={pinning.kept()}",)
    told = "\x1f".join((manifest.digest, manifest.base, __version__, *parts, *kept))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def unchanged(etag: str) -> bool:
    """Whether the reader already has this answer. A proxy that compressed it has marked the validator as weak.

    Raises:
        CoopgraphError: "precondition" if the reader wants an answer with another validator.
    """
    if "If-Match" in request.headers and not request.if_match.contains(etag):
        raise CoopgraphError("precondition", headers.CHANGED)
    return request.method in {"GET", "HEAD"} and request.if_none_match.contains_weak(etag)


def reply(
    body: bytes | str | Iterable[bytes], media_type: str, *, etag: str | None, manifest: Manifest, status: int = 200
) -> Response:
    """A whole answer. With `etag` it may be kept as long as it is revalidated, without one it must not be kept.

    If the request has named a release, `release_number` knows, and the answer may be kept for good.
    """
    response = Response(body, status=status, mimetype=media_type)
    response.headers["Vary"] = headers.VARY
    response.headers["X-Coopgraph-Release"] = str(manifest.number)
    if etag is None:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers["Cache-Control"] = memento.FOREVER if g.get("pinned") else REVALIDATE
        response.set_etag(etag)
    if "pinned" in g:
        _tell_time(response, memento.Moment(manifest.number, manifest.created))
    return response


def not_modified(etag: str, manifest: Manifest) -> Response:
    """The answer to a reader who already has it."""
    response = reply(b"", "text/plain", etag=etag, manifest=manifest, status=304)
    del response.headers["Content-Type"]
    return response


def link(response: Response, links: Iterable[str]) -> None:
    """Add to the Link header."""
    there = response.headers.get("Link")
    response.headers["Link"] = ", ".join(([there] if there else []) + [*links])


def alternates(path: str, offers: Iterable[Offer], relation: str = "alternate") -> list[str]:
    """Links to the formats of a resource."""
    known = ((pinning.here(f"{request.script_root}/{path}.{offer.name}"), offer.media_type) for offer in offers)
    return [f'<{address}>; rel="{relation}"; type="{media_type}"' for address, media_type in known]


def signpost(response: Response, path: str, offers: Iterable[Offer], *, iri: str, kinds: Iterable[str] = ()) -> None:
    """Links for who comes to a resource without knowing this service: formats, data, licence, name, classes."""
    known = tuple(offers)
    data = (offer for offer in known if offer.name in DESCRIBING)
    link(response, (*alternates(path, known), *alternates(path, data, "describedby")))
    link(response, (f'<{LICENCE}>; rel="license"', f'<{iri}>; rel="cite-as"'))
    link(response, (f'<{kind}>; rel="type"' for kind in kinds))


def root() -> str:
    """The address that the service is reached at, without a slash at its end."""
    return (_service().settings.base_url or request.host_url).rstrip("/") + request.script_root


def moments() -> tuple[Moment, ...]:
    """All releases with their dates.

    Raises:
        CoopgraphError: "damaged" if one of them cannot be read.
    """
    return memento.moments(_service())


def release_number(named: str | None = None) -> int | None:
    """The release that the request pins or means by a moment, if any; from then on its reply tells about time.

    It is pinned by `named`, from a form perhaps, or by the address.

    Raises:
        CoopgraphError: "request" if the one is no number or the other no date.
    """
    number = parse_release(request.args.get(memento.PARAMETER) if named is None else named)
    wanted = request.headers.get("Accept-Datetime")
    g.pinned, g.negotiated = number is not None, number is None and wanted is not None
    found = memento.choose(wanted, moments()).number if g.negotiated and wanted else number
    pinning.stay(found if found is not None and found in _service().shelf.numbers() else None)
    return found


def _tell_time(response: Response, shown: Moment) -> None:
    asked = g.pinned or g.negotiated
    query = request.query_string.decode(errors="replace")
    resource = memento.original(root(), request.path, query) if request.method in {"GET", "HEAD"} else None
    told = memento.headers(resource, shown, moments() if asked else (), pinned=g.pinned, negotiated=g.negotiated)
    for name, value in told.items():
        if name == "Link":
            link(response, [value])
        else:
            response.headers[name] = value


def _service() -> Service:
    return cast("Service", current_app.extensions["coopgraph"])


def _finish(response: Response) -> Response:
    unchanged = response.status_code == HTTPStatus.NOT_MODIFIED
    response.headers.update(headers.UNCHANGED if unchanged else headers.common(response.mimetype or ""))
    if "policy" in g and not unchanged:
        # A page that is complete by itself says what may be in it.
        response.headers["Content-Security-Policy"] = g.policy
    if request.method == "OPTIONS":
        allowed = response.headers.get("Allow", "GET, HEAD, OPTIONS")
        response.headers.update(headers.preflight(allowed.split(", ")))
    return response
