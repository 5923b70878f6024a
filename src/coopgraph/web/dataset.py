"""The dataset as a whole, as `/store` without parameters gives and takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response
from pyoxigraph import RdfFormat, parse, serialize

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.sparql.negotiation import GRAPHS, choose
from coopgraph.web import replies, serving

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.release.manifest import Manifest
    from coopgraph.sparql.negotiation import Offer

_OFFERS: Final = tuple(offer for name in ("nquads", "trig", "jsonld") for offer in GRAPHS if offer.name == name)


def tags(manifest: Manifest) -> list[str]:
    """The validators that `read` gives, one for each format."""
    return [_tag(manifest, offer) for offer in _OFFERS]


def read(accept: str, asked: str | None) -> Response:
    """All quads of a release, in a format that can hold graphs.

    Raises:
        CoopgraphError: "not-acceptable" if no such format will do, "too-large" beyond the limit query_bytes.
    """
    offer = choose(_OFFERS, accept=accept, asked=asked)
    with serving.service().reading(replies.release_number()) as reading:
        manifest = reading.manifest
        etag = _tag(manifest, offer)
        if replies.unchanged(etag):
            return replies.not_modified(etag, manifest)
        with serving.service().shelf.open(manifest.number) as release:
            body = _written(release.nquads, offer, manifest.base)
        return replies.reply(body, offer.media_type, etag=etag, manifest=manifest)


def _tag(manifest: Manifest, offer: Offer) -> str:
    return replies.tag(manifest, "dataset", offer.name)


def _written(lines: Path, offer: Offer, base: str) -> bytes:
    limit = serving.service().settings.query_bytes
    if lines.stat().st_size > limit:
        raise CoopgraphError(
            "too-large",
            f"The dataset has more than {limit} bytes, the limit query_bytes; nothing of it was sent.",
            remedy="Ask for one graph, or use `coopgraph export`.",
            limit="query_bytes",
        )
    content = lines.read_bytes()
    if base != terms.BASE:
        content = terms.rebase(content.decode(), base).encode()
    form = RdfFormat.from_media_type(offer.media_type)
    if form is None or form == RdfFormat.N_QUADS:
        return content
    prefixes = {name: terms.rebase(iri, base) for name, iri in terms.PREFIXES.items()}
    return serialize(parse(input=content, format=RdfFormat.N_QUADS), format=form, prefixes=prefixes) or b""
