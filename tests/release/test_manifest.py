from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release.manifest import Manifest

MANIFEST = Manifest(
    number=7,
    digest="ab" * 32,
    parent=6,
    created=datetime(2031, 5, 5, 12, 30, tzinfo=UTC),
    base=terms.BASE,
    counts={"quads": 3, "graphs": 1},
    verdict={"conforms": True, "note": "é"},
    versions={"coopgraph": "1.0"},
    files={"store/CURRENT": "cd" * 32},
)


def test_it_survives_json() -> None:
    assert Manifest.from_json(MANIFEST.as_json()) == MANIFEST


def test_without_a_parent_too() -> None:
    first = dataclasses.replace(MANIFEST, parent=None)
    assert Manifest.from_json(first.as_json()) == first


def test_the_time_is_written_in_utc() -> None:
    there = dataclasses.replace(MANIFEST, created=MANIFEST.created.astimezone(timezone(timedelta(hours=7))))
    assert json.loads(there.as_json())["created"] == "2031-05-05T12:30:00+00:00"
    assert there.as_json() == MANIFEST.as_json()


@pytest.mark.parametrize("name", ["number", "digest", "parent", "created", "base", "counts", "verdict", "files"])
def test_any_change_is_noticed(name: str) -> None:
    members = json.loads(MANIFEST.as_json())
    changed = {"number": 8, "parent": 5, "created": "2031-05-05T12:30:01+00:00", "counts": {"quads": 4, "graphs": 1}}
    members[name] = changed.get(name, "other")
    with pytest.raises(CoopgraphError) as caught:
        Manifest.from_json(json.dumps(members))
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"checksum": 1}', MANIFEST.as_json()[:-5], "[" * 100_000])
def test_what_is_no_manifest_is_damaged(text: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        Manifest.from_json(text)
    assert caught.value.code == "damaged"
