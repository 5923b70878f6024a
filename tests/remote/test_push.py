"""A release gets to a remote store whole, becomes current in one moment, and leaves nothing behind if it does not."""

from __future__ import annotations

import contextlib
import dataclasses
import threading
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from coopgraph.errors import CoopgraphError
from coopgraph.export.sameness import canonical
from coopgraph.release import remote_catalogue as catalogue
from coopgraph.release import remote_push
from coopgraph.release.publish import publish
from coopgraph.release.remote_shelf import look
from coopgraph.release.shelf import Shelf
from coopgraph.store.memory import kept
from coopgraph.store.remote.reader import RemoteReader, RemoteStore
from coopgraph.store.remote.service import RemoteLimits, RemoteQuery
from tests import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coopgraph.release.remote_catalogue import Entry
    from tests.remote.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

LIMITS = RemoteLimits(seconds=120, rows=10**6, size=10**9)
GRAPH = NamedNode("http://example.org/graph")


def small(directory: Path, *values: int) -> Shelf:
    """A shelf with one release of a few quads for each value."""
    shelf = Shelf(directory)
    for value in values:
        subject = NamedNode("http://example.org/a")
        quads = [Quad(subject, subject, Literal(value)), Quad(subject, subject, GRAPH, GRAPH)]
        publish(shelf, quads, verdict={}, versions={})
    return shelf


@pytest.fixture
def others(tmp_path: Path) -> Shelf:
    """Releases 1001 and 1002, whose numbers nobody else uses."""
    shelf = small(tmp_path, 1, 2)
    for number in (2, 1):
        manifest = shelf.manifest(number)
        shelf.path(number).rename(shelf.path(1000 + number))
        renumbered = dataclasses.replace(manifest, number=1000 + number)
        (shelf.path(1000 + number) / "manifest.json").write_text(renumbered.as_json())
    return shelf


def as_kept(quads: Iterable[Quad]) -> frozenset[Quad]:
    """The quads as the embedded engine keeps them, blank nodes named by their content."""
    return canonical(parse(b"".join(kept(quads)), format=RdfFormat.N_QUADS))


def push(site: Site, shelf: Shelf, number: int) -> Entry:
    with shelf.open(number) as release:
        return remote_push.push(site.store, release, say=lambda _: None)


def current(site: Site) -> int:
    found = look(site.store).current
    assert found is not None
    return found.manifest.number


def test_what_was_pushed_is_what_the_release_holds(site: Site) -> None:
    (entry,) = (one for one in remote_push.entries(site.store) if one.manifest.number == 1)
    reader = RemoteReader(site.store, entry.view, LIMITS)
    with site.shelf.open(1) as release:
        # TDB2, below Fuseki, writes 2.0 for the decimal 2; what is compared are values.
        assert as_kept(reader.quads()) == as_kept(release.reader.quads())
        assert dataclasses.replace(release.manifest, files={}) == entry.manifest
    assert len(reader) == len(shipped.quads())


def test_readers_move_in_one_moment_and_back(site: Site, others: Shelf) -> None:
    push(site, others, 1001)
    push(site, others, 1002)
    assert current(site) == 1002
    names = {one.name for one in remote_push.entries(site.store) if one.manifest.number > 1000}
    seen: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            rows = site.store.select(catalogue.alias_query(), LIMITS)
            seen.append(len(catalogue.alias_in(rows) & names))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(10):
        push(site, others, 1001)
        assert current(site) == 1001
        push(site, others, 1002)
    done.set()
    watcher.join()
    assert len(seen) > 10
    assert set(seen) == {1}
    push(site, site.shelf, 1)
    assert remote_push.prune(site.store, 1) == (1001,)
    assert remote_push.prune(site.store, 1) == ()
    assert {one.manifest.number for one in remote_push.entries(site.store)} == {1, 1002}


def test_half_a_release_is_never_seen_and_is_cleared_away(site: Site, others: Shelf) -> None:
    push(site, site.shelf, 1)
    for entry in remote_push.entries(site.store):
        if entry.manifest.number > 1000:
            remote_push.remove(site.store, entry)

    class KilledError(Exception):
        pass

    def fall(said: str) -> None:
        if said.startswith("Sent"):
            raise KilledError

    with others.open(1001) as release, pytest.raises(KilledError):
        remote_push.push(site.store, release, say=fall)
    assert current(site) == 1
    assert [one.manifest.number for one in remote_push.entries(site.store)] == [1]
    marks = "urn:coopgraph:release:1001-"
    assert graphs(site, marks)
    push(site, site.shelf, 1)
    # Somebody may still be at it.
    assert graphs(site, marks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remote_push, "ABANDONED_SECONDS", -10)
        push(site, site.shelf, 1)
    assert not graphs(site, marks)
    assert push(site, others, 1001).manifest.number == 1001
    assert current(site) == 1001
    push(site, site.shelf, 1)


def graphs(site: Site, prefix: str) -> list[str]:
    """The graphs of the store whose names begin so."""
    text = f'SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{prefix}")) }}'
    return [row["g"].value for row in site.store.select(RemoteQuery(text=text, form="table"), LIMITS)]


def test_another_release_of_the_same_number_is_refused(site: Site, tmp_path: Path) -> None:
    with pytest.raises(CoopgraphError) as caught:
        push(site, small(tmp_path, 7), 1)
    assert caught.value.code == "different"
    assert current(site) == 1


def test_without_an_address_for_updates_nothing_is_pushed(site: Site, others: Shelf) -> None:
    service = dataclasses.replace(site.server.service, update="")
    with (
        contextlib.closing(RemoteStore(service, connections=1)) as store,
        others.open(1002) as release,
        pytest.raises(CoopgraphError) as caught,
    ):
        remote_push.push(store, release, say=lambda _: None)
    assert caught.value.code == "forbidden"
