"""The dataset as a whole, as `/store` without parameters gives and takes it."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Final, cast

from flask import Response
from pyoxigraph import RdfFormat, parse, serialize

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.sparql.negotiation import GRAPHS, choose
from coopgraph.store.spool import PART, Spooled
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
    reading = serving.service().reading(replies.release_number())
    manifest = reading.manifest
    etag = _tag(manifest, offer)
    if replies.unchanged(etag):
        return replies.not_modified(etag, manifest)
    with serving.service().shelf.open(manifest.number) as release:
        content = _written(release.nquads, offer, manifest.base)
    response = replies.reply(content.parts(), offer.media_type, etag=etag, manifest=manifest)
    response.content_length = content.size
    return response


def _tag(manifest: Manifest, offer: Offer) -> str:
    return replies.tag(manifest, "dataset", offer.name)


def _written(lines: Path, offer: Offer, base: str) -> Spooled:
    """The dataset in a file, since several may want a large one at the same time."""
    limit = serving.service().settings.query_bytes
    if lines.stat().st_size > limit:
        raise CoopgraphError(
            "too-large",
            f"The dataset has more than {limit} bytes, the limit query_bytes; nothing of it was sent.",
            remedy="Ask for one graph, or use `coopgraph export`.",
            limit="query_bytes",
        )
    content = Spooled(os.open(lines, os.O_RDONLY), lines.stat().st_size)
    if base != terms.BASE:
        content = _rebased(content, base)
    form = RdfFormat.from_media_type(offer.media_type)
    if form is None or form == RdfFormat.N_QUADS:
        return content
    prefixes = {name: terms.rebase(iri, base) for name, iri in terms.PREFIXES.items()}
    written = Spooled.create()
    serialize(
        parse(input=content.open(), format=RdfFormat.N_QUADS), cast("IO[bytes]", written), form, prefixes=prefixes
    )
    return written


def _rebased(lines: Spooled, base: str) -> Spooled:
    moved = Spooled.create()
    file = lines.open()
    while some := file.readlines(PART):
        moved.write(terms.rebase(b"".join(some).decode(), base).encode())
    return moved
