"""What this service offers to be fetched, and who offers it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from coopgraph.release import description
from coopgraph.release.catalog import File, Offered, Site
from coopgraph.web import replies, serving
from coopgraph.web.service import discreet

if TYPE_CHECKING:
    from coopgraph.release.shelves import Releases

_NQUADS: Final = "application/n-quads"


def site(base: str) -> Site:
    """The service as this request reaches it, offering what has this base."""
    settings = serving.service().settings
    return Site(replies.root(), base, settings.publisher, settings.contact)


def release(shelf: Releases, number: int) -> Offered:
    """A release with its files.

    Raises:
        CoopgraphError: "not-found" if there is no such release, "damaged".
    """
    with discreet(serving.service().settings.data):
        manifest = shelf.manifest(number)
    directory = shelf.path(number)
    if directory is None:
        return Offered(manifest, ())
    digest = hashlib.sha256((directory / "manifest.json").read_bytes()).hexdigest()
    known = [
        ("quads.nq", _NQUADS, manifest.digest, "All statements, sorted, in the default base"),
        ("manifest.json", "application/json", digest, "What the release says about itself"),
    ]
    if description.FILE in manifest.files:
        title = "Statistics, prefixes and example queries, in the default base"
        known.insert(1, (description.FILE, _NQUADS, manifest.files[description.FILE], title))
    files = (
        File(name, media_type, (directory / name).stat().st_size, digest, title)
        for name, media_type, digest, title in known
    )
    return Offered(manifest, tuple(files))
