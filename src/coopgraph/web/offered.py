"""What this service offers to be fetched, and who offers it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from coopgraph.release import description
from coopgraph.release.catalog import File, Offered, Site
from coopgraph.release.shelf import Shelf
from coopgraph.web import replies, serving
from coopgraph.web.service import discreet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coopgraph.release.manifest import Manifest
    from coopgraph.release.shelves import Releases
    from coopgraph.web.service import Service

_NQUADS: Final = "application/n-quads"


def site(base: str) -> Site:
    """The service as this request reaches it, offering what has this base."""
    settings = serving.service().settings
    return Site(replies.root(), base, settings.publisher, settings.contact)


def directory(shelf: Releases, number: int) -> Path | None:
    """Where the files of a release lie; None if it lies in a store elsewhere, which has no files to fetch."""
    return shelf.path(number) if isinstance(shelf, Shelf) else None


def release(service: Service, number: int) -> Offered:
    """A release with its files.

    Raises:
        CoopgraphError: "not-found" if there is no such release, "damaged".
    """
    with discreet(service.settings.data):
        manifest = service.shelf.manifest(number)
    place = directory(service.shelf, number)
    return Offered(manifest, () if place is None else tuple(_files(place, manifest)))


def _files(place: Path, manifest: Manifest) -> Iterator[File]:
    digest = hashlib.sha256((place / "manifest.json").read_bytes()).hexdigest()
    known = [
        ("quads.nq", _NQUADS, manifest.digest, "All statements, sorted, in the default base"),
        ("manifest.json", "application/json", digest, "What the release says about itself"),
    ]
    if description.FILE in manifest.files:
        title = "Statistics, prefixes and example queries, in the default base"
        known.insert(1, (description.FILE, _NQUADS, manifest.files[description.FILE], title))
    for name, media_type, checksum, title in known:
        yield File(name, media_type, (place / name).stat().st_size, checksum, title)
