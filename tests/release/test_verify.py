"""Every kind of damage is found, wherever it strikes."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.release import durable
from coopgraph.release.manifest import Manifest
from coopgraph.release.verify import verify
from coopgraph.store.oxigraph import OxigraphBuilder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyoxigraph import Quad

    from coopgraph.release.shelf import Shelf

    Put = Callable[..., Manifest]
    Some = Callable[..., list[Quad]]


@pytest.fixture
def release(shelf: Shelf, put: Put, some: Some) -> Path:
    put(some(0, 40))
    assert verify(shelf) == ()
    return shelf.path(1)


def files(release: Path) -> list[Path]:
    return sorted(path for path in release.rglob("*") if path.is_file())


def test_any_missing_file_is_found(shelf: Shelf, release: Path) -> None:
    for path in files(release):
        content = path.read_bytes()
        path.unlink()
        assert verify(shelf), path.name
        path.write_bytes(content)
    assert verify(shelf) == ()


def test_a_flipped_bit_anywhere_is_found(shelf: Shelf, release: Path) -> None:
    chance = random.Random(20310505)
    for path in files(release):
        content = path.read_bytes()
        for position in chance.sample(range(len(content)), min(3, len(content))):
            flipped = bytearray(content)
            flipped[position] ^= 1 << chance.randrange(8)
            path.write_bytes(flipped)
            assert verify(shelf), (path.name, position)
        path.write_bytes(content)
    assert verify(shelf) == ()


def test_any_cut_file_is_found(shelf: Shelf, release: Path) -> None:
    for path in files(release):
        content = path.read_bytes()
        if content:
            path.write_bytes(content[:-1])
            assert verify(shelf), path.name
            path.write_bytes(content)


def test_a_store_with_other_quads_is_found_even_if_its_files_are_recorded(
    shelf: Shelf, release: Path, some: Some, tmp_path: Path
) -> None:
    for quads in (some(0, 39), some(0, 41), some(1, 41)):
        builder = OxigraphBuilder(tmp_path / "work")
        builder.load(quads)
        shutil.rmtree(release / "store")
        builder.seal(release / "store")
        builder.close()
        record(release)
        (sentence,) = verify(shelf)
        assert "not those of quads.nq" in sentence


def test_a_wrong_count_is_found(shelf: Shelf, release: Path) -> None:
    record(release, counts={"quads": 81, "graphs": 1})
    (sentence,) = verify(shelf)
    assert "counts 81" in sentence


def record(release: Path, **changes: object) -> None:
    path = release / "manifest.json"
    members = Manifest.from_json(path.read_text()).as_dict() | changes
    members["files"] = durable.digests(release / "store", below=release)
    members["created"] = Manifest.from_json(path.read_text()).created
    path.write_text(Manifest(**members).as_json())


def test_a_current_that_points_nowhere_is_found(shelf: Shelf, release: Path) -> None:
    assert release.is_dir()
    shelf.point(5)
    (sentence,) = verify(shelf)
    assert "000005" in sentence
    assert verify(shelf, 1) == ()
    (shelf.directory / "current").unlink()
    assert verify(shelf) == ("There are releases, but none is the current one.",)


def test_what_is_not_there_is_no_damage(shelf: Shelf) -> None:
    with pytest.raises(CoopgraphError) as caught:
        verify(shelf)
    assert caught.value.code == "not-ready"
