"""Real releases of a made-up graph, and the applications that serve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph import resources, terms
from coopgraph.assemble.dataset import assemble
from coopgraph.curate.source import read_source
from coopgraph.curate.texts import Texts
from coopgraph.release.publish import publish
from coopgraph.release.shelf import Shelf
from tests import shipped
from tests.small import Small

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from pyoxigraph import Triple

    from coopgraph.release.manifest import Manifest

FORUM = "id/event/atlantis-forum-2031"
CENTRE = "id/actor/coral-centre"
TOKEN = "operator-of-atlantis"  # noqa: S105 - invented
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def release(
    directory: Path,
    small: Small | None = None,
    *,
    base: str = terms.BASE,
    describe: Collection[Triple] | None = None,
) -> Manifest:
    """Publish the made-up graph in `directory`/data; its text lies in `directory`/documents."""
    graph = (small or Small()).write(directory)
    source = read_source(graph, resources.directory("ontology"), Texts(directory / "documents"))
    verdict, versions = {"conforms": True}, {"coopgraph": "test"}
    shelf = Shelf(directory / "data")
    return publish(shelf, assemble(source), base=base, verdict=verdict, versions=versions, describe=describe)


def shipped_release(directory: Path) -> Manifest:
    """Publish the shipped graph in `directory`/data."""
    verdict, versions = {"conforms": True}, {"coopgraph": "test"}
    return publish(Shelf(directory / "data"), shipped.quads(), base=terms.BASE, verdict=verdict, versions=versions)
