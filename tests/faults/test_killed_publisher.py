"""However a publisher ends, what is current opens, verifies and answers, and the next publisher gets its work done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean

from coopgraph.release.publish import publish
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify
from tests.faults.publisher import quads

pytestmark = pytest.mark.fault

SCRIPT = str(Path(__file__).with_name("publisher.py"))
COUNT = 3000
MOMENTS = 20


def start(shelf: Shelf, first: int, *, count: int = COUNT, times: int = 50) -> subprocess.Popen[str]:
    arguments = [str(shelf.directory), str(first), str(count), str(times)]
    process = subprocess.Popen([sys.executable, SCRIPT, *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> list[int]:
    """Kill it; the numbers of the releases that it had told of come back."""
    process.kill()
    output, _ = process.communicate()
    assert process.returncode == -signal.SIGKILL
    return [int(line) for line in output.splitlines() if output.endswith("\n") or line != output.splitlines()[-1]]


def answers(shelf: Shelf) -> bool:
    with shelf.open() as release:
        answer = release.reader.query("ASK { ?s ?p ?o }")
        assert isinstance(answer, QueryBoolean)
        return bool(answer) and len(release.reader) == release.manifest.counts["quads"]


def names(shelf: Shelf) -> list[str]:
    return sorted(path.name for path in shelf.directory.iterdir())


@pytest.mark.slow
def test_a_publisher_killed_at_random_moments(tmp_path: Path) -> None:
    seed = int(os.environ.get("TEST_SEED", random.SystemRandom().randrange(2**32)))
    print(f"seed {seed}; set TEST_SEED to repeat")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    shelf = Shelf(tmp_path / "data")
    begin = time.monotonic()
    publish(shelf, quads(0, COUNT), verdict={}, versions={})
    usual = time.monotonic() - begin
    for moment in range(MOMENTS):
        before = shelf.current_number() or 0
        process = start(shelf, 1000 * (moment + 1))
        delay = chance.uniform(0, 2.5 * usual)
        time.sleep(delay)
        told = kill(process)
        place = f"moment {moment}, killed after {delay:.4f} s"
        assert verify(shelf) == (), place
        assert answers(shelf), place
        assert (shelf.current_number() or 0) >= max([before, *told]), place
        for number in shelf.numbers():
            assert shelf.manifest(number).number == number, place
        shelf.prune(2)
        assert names(shelf) == ["current", "lock", "releases"], place
    manifest = publish(shelf, quads(7, COUNT), verdict={}, versions={})
    assert shelf.current() == manifest
    assert verify(shelf) == ()
    assert names(shelf) == ["current", "lock", "releases"]


def test_a_killed_publisher_leaves_no_lock_and_its_leftovers_go(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    first = publish(shelf, quads(0, 10), verdict={}, versions={})
    process = start(shelf, 100, count=200_000)
    end = time.monotonic() + 30
    while not list(shelf.directory.glob("building-*/*")) and time.monotonic() < end:
        time.sleep(0.002)
    kill(process)
    assert list(shelf.directory.glob("building-*")), "killed too late to say anything"
    assert shelf.current() == first
    assert verify(shelf) == ()
    second = publish(shelf, quads(0, 11), verdict={}, versions={}, wait=1)
    assert second.number == 2
    assert names(shelf) == ["current", "lock", "releases"]


def test_two_publishers_at_once_take_turns(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    processes = [start(shelf, first, times=4) for first in (1000, 2000, 3000)]
    told: list[int] = []
    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        numbers = [int(line) for line in output.splitlines()]
        assert numbers == sorted(numbers)
        told += numbers
    assert sorted(told) == list(range(1, 13))
    assert shelf.numbers() == tuple(range(1, 13))
    assert shelf.current_number() == 12
    parents = [manifest.parent for manifest in shelf.manifests()]
    assert parents == [None, *range(1, 12)]
    assert verify(shelf) == ()
    assert names(shelf) == ["current", "lock", "releases"]


def test_readers_never_see_anything_half_done(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    publish(shelf, quads(0, COUNT), verdict={}, versions={})
    process = start(shelf, 1000, times=6)
    seen: list[int] = []
    while process.poll() is None:
        with shelf.open() as release:
            assert len(release.reader) == COUNT
            seen.append(release.manifest.number)
    process.communicate()
    assert seen == sorted(seen)
    assert shelf.current_number() == 7
