"""A remote dataset without releases is changed through the front, by the protocols, and by who holds the token."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from coopgraph.release import remote_push
from coopgraph.release.shelf import Shelf
from coopgraph.store.remote.reader import RemoteStore
from tests.cli.test_serve import serving
from tests.servers.fuseki import fuseki
from tests.web import made

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.test_serve import Served

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

TOKEN = "a-token-for-tests"  # noqa: S105 - of a service that lives for one test
TURTLE = {"Content-Type": "text/turtle", "Authorization": f"Bearer {TOKEN}"}
UPDATE = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
PLACE = "/store?" + urlencode({"graph": "http://example.org/g"})


def told(served: Served, path: str) -> list[str]:
    status, _, body = served.get(path, Accept="application/n-triples")
    assert status == 200
    return sorted(body.decode().splitlines())


def test_graphs_come_and_go_and_updates_are_done(tmp_path: Path) -> None:
    made.release(tmp_path / "small")
    server = fuseki(tmp_path)
    service = server.service
    settings = {
        "COOPGRAPH_STORE": service.query,
        "COOPGRAPH_STORE_UPDATE": service.update,
        "COOPGRAPH_TOKEN": TOKEN,
    }
    try:
        server.start()
        with serving(
            tmp_path / "nothing", "--bind", "127.0.0.1:0", "--writable", "--gate", "none", **settings
        ) as served:
            assert served.send("PUT", PLACE, b"<a> <b> <c> .", {"Content-Type": "text/turtle"})[0] == 401
            assert served.get(PLACE)[0] == 404
            assert served.send("PUT", PLACE, b"<a> <b> <c> .", TURTLE)[0] == 201
            assert served.send("PUT", PLACE, b"<a> <b> _:x . _:x <b> 1 .", TURTLE)[0] == 204
            assert len(told(served, PLACE)) == 2
            assert served.send("POST", PLACE, b"<a> <b> <d> .", TURTLE)[0] == 204
            assert "<http://example.org/a> <http://example.org/b> <http://example.org/d> ." in told(served, PLACE)
            assert served.send("PUT", PLACE, b"<a> <b> <e> .", TURTLE | {"If-None-Match": "*"})[0] == 412
            assert served.send("PUT", PLACE, b"<a> <b> <e> .", TURTLE | {"If-Match": '"seen"'})[0] == 412
            assert served.send("PUT", PLACE, b"<a> <b .", TURTLE)[0] == 400
            assert len(told(served, PLACE)) == 3
            assert served.send("POST", "/update", b"INSERT DATA { <x:a> <x:b> <relative> }", UPDATE)[0] == 204
            assert told(served, "/store?default") == [f"<x:a> <x:b> <{served.url}/relative> ."]
            assert served.send("POST", "/update", b"LOAD <http://127.0.0.1:1/>", UPDATE)[0] == 403
            assert served.send("POST", "/update", b"INSERT DATA {", UPDATE)[0] == 400
            assert served.send("DELETE", PLACE, None, TURTLE)[0] == 204
            assert served.send("DELETE", PLACE, None, TURTLE)[0] == 404
            assert served.get(PLACE)[0] == 404
            with (
                contextlib.closing(RemoteStore(service, connections=1)) as store,
                Shelf(tmp_path / "small" / "data").open() as release,
            ):
                remote_push.push(store, release, say=lambda _: None)
            # A release is changed by pushing another one.
            assert served.send("POST", "/update", b"INSERT DATA { <x:a> <x:b> 1 }", UPDATE)[0] == 403
    finally:
        server.kill()
