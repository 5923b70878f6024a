from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.release.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyoxigraph import Quad

    from coopgraph.release.manifest import Manifest

    Put = Callable[..., Manifest]
    Some = Callable[..., list[Quad]]


def code(call: Callable[[], object]) -> str:
    with pytest.raises(CoopgraphError) as caught:
        call()
    return caught.value.code


def test_a_directory_that_does_not_exist_is_an_empty_shelf(shelf: Shelf) -> None:
    assert shelf.numbers() == ()
    assert shelf.manifests() == ()
    assert shelf.current() is None
    assert code(shelf.open) == "not-ready"
    assert code(lambda: shelf.open(1)) == "not-found"
    assert not shelf.directory.exists()


def test_old_releases_can_be_opened(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 2))
    put(some(0, 5))
    with shelf.open(1) as old, shelf.open() as new:
        assert (len(old.reader), len(new.reader)) == (4, 10)
        assert (old.manifest.number, new.manifest.number) == (1, 2)


def test_an_open_release_does_not_notice_the_next(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 2))
    with shelf.open() as release:
        assert len(release.reader) == 4
        put(some(0, 5))
        assert len(release.reader) == 4
        assert release.reader is release.reader


def test_closing_is_not_the_end(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 2))
    release = shelf.open()
    reader = release.reader
    release.close()
    release.close()
    with pytest.raises(ValueError, match="closed"):
        len(reader)
    with release:
        assert len(release.reader) == 4


def test_current_is_a_relative_link(shelf: Shelf, put: Put, some: Some, tmp_path: Path) -> None:
    put(some(0, 2))
    shelf.directory.rename(tmp_path / "moved")
    assert Shelf(tmp_path / "moved").open().manifest.number == 1


def test_pruning_keeps_the_newest(shelf: Shelf, put: Put, some: Some) -> None:
    for last in range(1, 6):
        put(some(0, last))
    assert shelf.prune(2) == (1, 2, 3)
    assert shelf.numbers() == (4, 5)
    assert shelf.prune(2) == ()
    assert put(some(0, 9)).number == 6
    assert sorted(path.name for path in shelf.directory.iterdir()) == ["current", "lock", "releases"]


def test_pruning_never_takes_the_current_release(shelf: Shelf, put: Put, some: Some) -> None:
    for last in range(1, 4):
        put(some(0, last))
    shelf.point(1)
    assert shelf.prune(1) == (2,)
    assert shelf.numbers() == (1, 3)
    assert code(lambda: shelf.prune(0)) == "request"


def test_a_reader_outlives_the_pruning_of_its_release(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 500))
    with shelf.open() as release:
        reader = release.reader
        put(some(0, 2))
        assert shelf.prune(1) == (1,)
        assert set(reader.quads()) == set(some(0, 500))


def test_a_damaged_manifest_is_told(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 2))
    path = shelf.path(1) / "manifest.json"
    path.write_text(path.read_text().replace('"number": 1', '"number": 2'))
    assert code(shelf.open) == "damaged"
    path.unlink()
    assert code(shelf.manifests) == "damaged"


def test_a_release_under_another_number_is_told(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 2))
    shelf.path(1).rename(shelf.path(2))
    assert code(lambda: shelf.open(2)) == "damaged"
    assert code(shelf.current) == "damaged"


def test_a_data_directory_that_is_a_file_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert code(lambda: Shelf(tmp_path / "data").prune(1)) == "storage"


def test_what_else_lies_among_the_releases_is_no_release(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 2))
    for name in ("\u00b2", "7", "0000008", "notes", "9" * 200):
        (shelf.directory / "releases" / name).mkdir()
    assert shelf.numbers() == (1,)
    assert put(some(0, 3)).number == 2
    for missing in (0, -1, 7, 10**300):
        assert code(lambda number=missing: shelf.open(number)) == "not-found"


def test_a_current_that_points_to_something_else_is_damage(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 2))
    for target in ("/etc", "releases/\u00b2", "releases/000009"):
        (shelf.directory / "current").unlink()
        (shelf.directory / "current").symlink_to(target)
        assert code(shelf.current_number) == "damaged"


def test_looking_for_something_to_remove_creates_nothing(shelf: Shelf) -> None:
    assert shelf.prune(1) == ()
    assert not shelf.directory.exists()


def test_the_quads_of_a_release_are_whole_or_damage(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 3))
    with shelf.open() as release:
        assert len(list(release.quads())) == release.manifest.counts["quads"]
        release.nquads.chmod(0o644)
        with release.nquads.open("ab") as file:
            file.write(b"\xff\n")
        assert code(lambda: list(release.quads())) == "damaged"
        release.nquads.unlink()
        assert code(lambda: list(release.quads())) == "damaged"
