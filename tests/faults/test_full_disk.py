"""A disk that is full, a limit on file sizes, a directory that refuses: an error with a remedy, and nothing changed."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.release.publish import publish
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify
from tests.conftest import missing
from tests.faults.publisher import quads

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.fault


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of a few megabytes."""
    directory = tmp_path / "disk"
    directory.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(directory)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        missing("The right to mount a small file system")
    try:
        yield directory
    finally:
        subprocess.run(["umount", str(directory)], check=True)


@contextlib.contextmanager
def largest_file(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def fail(shelf: Shelf, count: int) -> CoopgraphError:
    with pytest.raises(CoopgraphError) as caught:
        publish(shelf, quads(5000, count), verdict={}, versions={})
    return caught.value


@pytest.mark.parametrize("free", [0, 4_000, 40_000, 400_000, 1_500_000, 3_000_000, 5_000_000])
def test_a_full_disk(small_disk: Path, free: int) -> None:
    shelf = Shelf(small_disk / "data")
    first = publish(shelf, quads(0, 100), verdict={}, versions={})
    # What is left beside the ballast ends the build at one step or another.
    disk = os.statvfs(small_disk)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * max(1, disk.f_bavail * disk.f_frsize - free))
    error = fail(shelf, 30_000)
    assert error.code == "storage"
    assert "Make room" in error.remedy
    assert shelf.current() == first
    assert verify(shelf) == ()
    assert sorted(path.name for path in shelf.directory.iterdir()) == ["current", "lock", "releases"]
    ballast.unlink()
    assert publish(shelf, quads(5000, 200), verdict={}, versions={}).number == 2
    assert verify(shelf) == ()


@pytest.mark.parametrize("size", [1_000, 50_000, 100_000, 400_000])
def test_a_limit_on_the_size_of_files(tmp_path: Path, size: int) -> None:
    shelf = Shelf(tmp_path / "data")
    first = publish(shelf, quads(0, 100), verdict={}, versions={})
    with largest_file(size):
        error = fail(shelf, 5_000)
    assert error.code == "storage"
    assert "Make room" in error.remedy
    assert shelf.current() == first
    assert verify(shelf) == ()
    assert not list(shelf.directory.glob("building-*"))
    assert publish(shelf, quads(5000, 5_000), verdict={}, versions={}).number == 2


REFUSED = """
import os, sys
from pathlib import Path
from coopgraph.errors import CoopgraphError
from coopgraph.release.publish import publish
from coopgraph.release.shelf import Shelf
os.setuid(65534)
try:
    publish(Shelf(Path(sys.argv[1])), [], verdict={}, versions={})
except CoopgraphError as error:
    print(error.code, error.remedy)
"""


def test_a_directory_that_refuses(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        missing("The right to become another user")
    shelf = Shelf(tmp_path / "data")
    first = publish(shelf, quads(0, 100), verdict={}, versions={})
    for directory in [tmp_path, *tmp_path.parents]:
        if not directory.stat().st_mode & 0o001:
            directory.chmod(directory.stat().st_mode | 0o001)
    found = subprocess.run(
        [sys.executable, "-c", REFUSED, str(shelf.directory)], capture_output=True, text=True, check=True
    )
    assert found.stdout.startswith("storage Give this user the right to write")
    assert shelf.current() == first
    assert verify(shelf) == ()
