"""`/releases`: the list, each release as a resource of its own, its files, and how it is cited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request, send_file, url_for

from coopgraph.errors import CoopgraphError
from coopgraph.release import catalog, citation, description
from coopgraph.release.manifest import RELEASES as PATH
from coopgraph.sparql.negotiation import CITATIONS, HTML, JSON, RELEASES, choose
from coopgraph.web import downloads, markup, memento, offered, rdf, replies, serving

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from coopgraph.release.manifest import Manifest
    from coopgraph.sparql.negotiation import Offer

blueprint = Blueprint("releases", __name__)

_SUFFIXES = frozenset(offer.name for offer in RELEASES)
_CITED = {"bib": "bibtex", "ris": "ris", "cff": "cff"}


@blueprint.get("/releases")
def releases() -> Response:
    """All releases, newest first."""
    offer = choose((JSON, HTML), accept=request.headers.get("Accept", ""), asked=request.args.get("format"))
    service = serving.service()
    manifests = service.manifests()
    reading = service.reading()
    numbers = (str(one.number) for one in manifests)
    etag = replies.tag(reading.manifest, "releases", offer.name, request.script_root, *numbers)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    if offer is JSON:
        told = [_members(one) for one in manifests]
        body = json.dumps({"current": reading.manifest.number, "releases": told}, indent=1) + "\n"
    else:
        body = serving.page("releases.html", reading, manifests=manifests)
    return replies.reply(body, offer.media_type, etag=etag, manifest=reading.manifest)


@blueprint.get("/releases/current", defaults={"rest": ""})
@blueprint.get("/releases/current/<path:rest>")
def current(rest: str) -> AnyResponse:
    """Where the current release is."""
    number = serving.service().shelf.current_number()
    if number is None:
        raise CoopgraphError("not-ready", "There is no release yet.", remedy="Make one with `coopgraph build`.")
    answer = redirect(f"{replies.root()}/{PATH}/{number}" + (f"/{rest}" if rest else ""))
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/releases/<int:number>", defaults={"suffix": None})
@blueprint.get("/releases/<int:number>.<suffix>")
def release(number: int, suffix: str | None) -> Response:
    """One release: what it is, what can be fetched of it, how it is cited."""
    if suffix is not None and suffix not in _SUFFIXES:
        raise CoopgraphError("not-found", f"A release does not come as {suffix}.")
    asked = suffix if suffix is not None else request.args.get("format")
    offer = choose(RELEASES, accept=request.headers.get("Accept", ""), asked=asked)
    shelf = serving.service().shelf
    one = offered.release(shelf, number)
    site = offered.site(one.manifest.base)
    newest = shelf.current_number()
    others = shelf.numbers()
    etag = replies.tag(one.manifest, "release", offer.name, str(site), str(newest), *map(str, others))
    response = replies.not_modified(etag, one.manifest) if replies.unchanged(etag) else None
    if response is None:
        body = _body(one, offer, others)
        response = replies.reply(body, offer.media_type, etag=etag, manifest=one.manifest)
    # The list of the others may still change, so this is revalidated; its files are what never changes.
    path = f"{PATH}/{number}"
    replies.signpost(
        response, path, RELEASES, iri=f"{one.manifest.base}{path}", kinds=(catalog.PREFIXES["dcat"] + "Dataset",)
    )
    files = (f'<{site.root}/{path}/{file.name}>; rel="item"; type="{file.media_type}"' for file in one.files)
    cited = replies.alternates(path, CITATIONS, "describedby")
    replies.link(response, (*files, *cited, *_neighbours(number, others)))
    response.headers["Memento-Datetime"] = memento.http_date(one.manifest.created)
    return response


@blueprint.get("/releases/<int:number>/<name>")
def file(number: int, name: str) -> Response:
    """A file of a release, whole or the range asked for."""
    shelf = serving.service().shelf
    one = offered.release(shelf, number)
    directory, wanted = shelf.path(number), next((file for file in one.files if file.name == name), None)
    if directory is None or wanted is None:
        there_is = ", ".join(file.name for file in one.files) or "none here"
        raise CoopgraphError("not-found", f"Release {number} has no file {name}.", remedy=f"There is {there_is}.")
    asked = request.range
    if asked is not None and "If-Range" not in request.headers and asked.range_for_length(wanted.size) is None:
        raise CoopgraphError("range", f"{name} has {wanted.size} bytes.", remedy="Ask for one range within them.")
    response = send_file(
        directory / wanted.name,
        mimetype=wanted.media_type,
        as_attachment=True,
        download_name=f"coopgraph-{number}-{wanted.name}",
        conditional=True,
        etag=wanted.digest,
        last_modified=one.manifest.created,
    )
    downloads.negotiate(response, directory / wanted.name)
    response.headers["Cache-Control"] = memento.FOREVER
    response.headers["X-Coopgraph-Release"] = str(number)
    path = f"{PATH}/{number}"
    replies.link(
        response,
        (
            f'<{replies.root()}/{path}>; rel="collection"',
            f'<{replies.LICENCE}>; rel="license"',
            f'<{one.manifest.base}{path}>; rel="cite-as"',
        ),
    )
    return response


def _body(one: catalog.Offered, offer: Offer, others: tuple[int, ...]) -> str | bytes:
    manifest = one.manifest
    site = offered.site(manifest.base)
    address = f"{site.root}/{PATH}/{manifest.number}"
    cited = citation.of(manifest, address)
    if offer.name in _CITED:
        return citation.FORMS[_CITED[offer.name]](cited)
    if offer is JSON:
        files = [
            {"name": file.name, "url": f"{address}/{file.name}", "media_type": file.media_type,
             "bytes": file.size, "sha256": file.digest}
            for file in one.files
        ]  # fmt: skip
        told = _members(manifest) | {"downloads": files, "citation": citation.text(cited).strip()}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    if offer is HTML:
        reading = serving.service().reading(manifest.number)
        return serving.page(
            "release.html",
            reading,
            one=one,
            current=serving.service().shelf.current_number(),
            before=max((number for number in others if number < manifest.number), default=None),
            after=min((number for number in others if number > manifest.number), default=None),
            text=citation.text(cited),
            forms={offer.name: citation.FORMS[_CITED[offer.name]](cited) for offer in CITATIONS},
            offers=RELEASES,
            path=f"{PATH}/{manifest.number}",
            data=markup.release(site, one),
        )
    described = catalog.release(site, one, others)
    return rdf.write_triples(described, offer.media_type, manifest.base, catalog.PREFIXES)


def _members(manifest: Manifest) -> dict[str, object]:
    return {name: value for name, value in manifest.as_dict().items() if name != "files"} | {
        "described": description.FILE in manifest.files
    }


def _neighbours(number: int, others: tuple[int, ...]) -> list[str]:
    found = {
        "predecessor-version": max((one for one in others if one < number), default=None),
        "successor-version": min((one for one in others if one > number), default=None),
        "latest-version": max(others, default=None),
    }
    return [
        f'<{url_for("releases.release", number=other, suffix=None)}>; rel="{relation}"'
        for relation, other in found.items()
        if other is not None
    ]
