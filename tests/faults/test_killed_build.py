"""However a build ends, the current release opens, verifies and answers, and files beside the sources are whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from coopgraph import terms
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify
from tests.small import Small, row

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.fault, pytest.mark.slow]

MOMENTS = 20
HOST = "event/atlantis-forum-2031", "host"


def write(directory: Path, turn: int) -> Path:
    """Sources that differ from turn to turn, so that each build has something new to publish."""
    small = Small()
    if turn % 2:
        small.rows.append(row(*HOST, "actor/lemuria", note=""))
    return small.write(directory)


def start(directory: Path, *extra: str) -> subprocess.Popen[bytes]:
    arguments = ["--graph", str(directory / "graph"), "--data", str(directory / "data"), *extra]
    arguments += ["--documents", str(directory / "documents")]
    return subprocess.Popen(
        [sys.executable, "-m", "coopgraph.cli", "build", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, told = process.communicate(timeout=120)
    return process.returncode, told.decode()


def test_a_build_killed_at_random_moments(tmp_path: Path) -> None:
    seed = int(os.environ.get("TEST_SEED", random.SystemRandom().randrange(2**32)))
    print(f"seed {seed}; set TEST_SEED to repeat")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    write(tmp_path, 0)
    begin = time.monotonic()
    status, told = finish(start(tmp_path))
    assert status == 0, told
    usual = time.monotonic() - begin
    shelf = Shelf(tmp_path / "data")
    for moment in range(1, MOMENTS + 1):
        write(tmp_path, moment)
        before = shelf.current_number()
        process = start(tmp_path)
        delay = chance.uniform(0.2, 1.2) * usual
        time.sleep(delay)
        process.kill()
        process.communicate()
        place = f"moment {moment}, killed after {delay:.3f} s"
        assert verify(shelf) == (), place
        assert before is not None
        assert (shelf.current_number() or 0) >= before, place
        with shelf.open() as release:
            held = [quad for quad in release.reader.quads() if quad.graph_name != terms.DESCRIPTION_GRAPH]
            assert len(held) == release.manifest.counts["quads"], place
        assert list(parse((tmp_path / "graph" / "coopgraph.trig").read_bytes(), RdfFormat.TRIG)), place
    write(tmp_path, MOMENTS + 1)
    status, told = finish(start(tmp_path))
    assert status == 0, told
    assert finish(start(tmp_path, "--check"))[0] == 0
    assert verify(shelf) == ()


def test_two_builds_at_once_both_end_well_or_one_is_refused(tmp_path: Path) -> None:
    write(tmp_path, 0)
    processes = [start(tmp_path) for _ in range(2)]
    results = [finish(process) for process in processes]
    assert 0 in [status for status, _ in results]
    assert all(status == 0 or "writing" in told for status, told in results)
    assert verify(Shelf(tmp_path / "data")) == ()
