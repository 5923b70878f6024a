"""Releases come and go under a running service."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.release.shelf import Shelf
from coopgraph.settings import Settings
from coopgraph.store.workers import Question
from coopgraph.web.behalf import BEHALF, Behalf
from coopgraph.web.front.presence import Presence
from coopgraph.web.service import Service
from tests.small import Small
from tests.web import made
from tests.web.whole import running

if TYPE_CHECKING:
    from pathlib import Path

ASK = "ASK { ?s ?p 'Sunken Atlantis'@en }"
JSON = "application/sparql-results+json"


def renamed(name: str) -> Small:
    small = Small()
    small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', f'"{name}"@en')
    return small


def test_a_new_release_is_served_at_once_and_the_old_one_stays_pinned(tmp_path: Path) -> None:
    made.release(tmp_path)
    with running(Settings(data=tmp_path / "data", readers=1)) as (_, client):
        before = client.get("/sparql", query_string={"query": ASK})
        made.release(tmp_path, renamed("Sunken Atlantis"))
        after = client.get("/sparql", query_string={"query": ASK})
        pinned = client.get("/sparql", query_string={"query": ASK, "release": "1"})
        thing = client.get("/id/actor/atlantis.nt?release=1")
    assert [json.loads(one.data)["boolean"] for one in (before, after, pinned)] == [False, True, False]
    assert [one.headers["X-Coopgraph-Release"] for one in (before, after, pinned, thing)] == ["1", "2", "1", "1"]
    assert before.headers["ETag"] == pinned.headers["ETag"] != after.headers["ETag"]
    assert "Sunken" not in thing.text


def test_reading_many_releases_starts_no_process(tmp_path: Path) -> None:
    count = 7
    for number in range(count):
        made.release(tmp_path, renamed(f"Atlantis {number}"))
    service = Service(Settings(data=tmp_path / "data", readers=1))
    try:
        assert service.alive()
        before = service.readers.pool.pids()
        for number in (*range(1, count + 1), *range(1, count + 1)):
            reading = service.reading(number)
            text = f"ASK {{ ?s ?p 'Atlantis {number - 1}'@en }}"
            assert json.loads(reading.ask(Question(text, JSON)).body)["boolean"] is True
        current = service.reading()
        assert current.manifest.number == count
        assert service.readers.pool.pids() == before
    finally:
        service.close()


def test_a_release_that_was_removed_is_not_found_and_no_old_answer(tmp_path: Path) -> None:
    made.release(tmp_path)
    made.release(tmp_path, renamed("Sunken Atlantis"))
    service = Service(Settings(data=tmp_path / "data", readers=1))
    try:
        first = service.reading(1)
        assert first.ask(Question(ASK, JSON)).rows == 1
        Shelf(tmp_path / "data").prune(1)
        with pytest.raises(CoopgraphError) as caught:
            first.ask(Question(ASK, JSON))
        assert caught.value.code == "not-found"
        with pytest.raises(CoopgraphError) as caught:
            service.reading(1)
        assert caught.value.code == "not-found"
        current = service.reading()
        assert current.ask(Question(ASK, JSON)).rows == 1
    finally:
        service.close()


def test_nothing_is_asked_for_who_has_left(tmp_path: Path) -> None:
    made.release(tmp_path)
    service = Service(Settings(data=tmp_path / "data", readers=1))
    there = Presence()
    before = BEHALF.set(Behalf("a-request", "a-client", there))
    try:
        reading = service.reading()
        assert reading.ask(Question("ASK {}", JSON)).rows == 1
        there.leave()
        with pytest.raises(CoopgraphError) as caught:
            reading.ask(Question("ASK {}", JSON))
        assert caught.value.code == "cancelled"
        assert [ticket.id for ticket in service.readers.pool.registry.past()] == ["a-request"]
    finally:
        BEHALF.reset(before)
        service.close()


def test_many_threads_open_a_release_once(tmp_path: Path) -> None:
    made.release(tmp_path)
    service = Service(Settings(data=tmp_path / "data", readers=1))
    found: list[object] = []

    def read() -> None:
        reading = service.reading()
        found.append(reading)

    threads = [threading.Thread(target=read) for _ in range(8)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        service.close()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1


@pytest.mark.parametrize(("number", "code"), [(None, "not-ready"), (7, "not-found")])
def test_what_is_not_there_cannot_be_read(tmp_path: Path, number: int | None, code: str) -> None:
    service = Service(Settings(data=tmp_path / "data"))
    with pytest.raises(CoopgraphError) as caught:
        service.reading(number)
    assert caught.value.code == code


def test_a_damaged_release_is_an_error_and_no_old_answer(tmp_path: Path) -> None:
    made.release(tmp_path)
    with running(Settings(data=tmp_path / "data", readers=1)) as (_, client):
        (Shelf(tmp_path / "data").path(1) / "manifest.json").write_text("{}", encoding="utf-8")
        answer = client.get("/sparql?query=ASK{}")
    assert answer.status_code == 500
    assert json.loads(answer.data)["type"] == "urn:coopgraph:error:damaged"


@pytest.mark.parametrize("spoilt", ["current", "store", "manifest.json"])
def test_nobody_is_told_where_the_data_lies(tmp_path: Path, spoilt: str) -> None:
    made.release(tmp_path)
    shelf = Shelf(tmp_path / "data")
    if spoilt == "current":
        shelf.point(7)
    else:
        (shelf.path(1) / spoilt).rename(tmp_path / spoilt)
    with running(Settings(data=tmp_path / "data", readers=1)) as (_, client):
        for url in ("/", "/readyz", "/releases", "/id/actor/atlantis", "/sparql?query=ASK%20{}"):
            for accept in ("*/*", "text/html"):
                answer = client.get(url, headers={"Accept": accept})
                # The list of releases comes from their manifests alone.
                assert answer.status_code in {500, 503} or (url, spoilt, accept) == ("/releases", "store", "*/*")
                assert str(tmp_path) not in answer.text
