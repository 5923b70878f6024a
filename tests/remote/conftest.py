"""One service of each kind, with the shipped graph on a shelf beside it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from coopgraph.release import remote_push
from coopgraph.release.shelf import Shelf
from coopgraph.store.remote.reader import RemoteStore
from tests.servers.fuseki import fuseki
from tests.servers.virtuoso import virtuoso
from tests.web import made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.running import Server


@dataclass(frozen=True)
class Site:
    """A server that holds the releases of `directory`/data; the first of them is the shipped graph."""

    server: Server
    store: RemoteStore
    directory: Path

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.directory / "data")

    @property
    def settings(self) -> dict[str, str]:
        """What a process needs to know to read and write there."""
        service = self.server.service
        return {
            "COOPGRAPH_STORE": service.query,
            "COOPGRAPH_STORE_UPDATE": service.update,
            "COOPGRAPH_STORE_GRAPHS": service.graphs,
            "COOPGRAPH_STORE_USER": service.user,
            "COOPGRAPH_STORE_PASSWORD": service.password,
        }


@pytest.fixture(scope="session", params=["fuseki", "virtuoso"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The shipped graph, pushed."""
    directory = tmp_path_factory.mktemp(request.param)
    made.shipped_release(directory)
    place = tmp_path_factory.mktemp(f"{request.param}-server")
    server = fuseki(place, persistent=True) if request.param == "fuseki" else virtuoso(place)
    try:
        server.start()
        with contextlib.closing(RemoteStore(server.service, connections=4)) as store:
            with Shelf(directory / "data").open() as release:
                remote_push.push(store, release, say=lambda _: None)
            yield Site(server, store, directory)
    finally:
        server.kill()
