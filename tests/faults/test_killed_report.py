"""A report that is killed or interrupted in the middle of its rounds goes on there, and is the same to the byte."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.fault, pytest.mark.slow]

ROUNDS = 120


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the shipped graph as its release."""
    directory = tmp_path_factory.mktemp("data")
    subprocess.run(
        [sys.executable, "-m", "coopgraph.cli", "build", "--data", directory], check=True, capture_output=True
    )
    return directory


def start(data: Path, cache: Path, output: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "coopgraph.cli", "report", "centrality", "-f", "json", "--data", str(data)]
    command += ["--rounds", str(ROUNDS), "--seed", "3", "--measure", "strength", "--measure", "pagerank"]
    command += ["--output", str(output), *more]
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def whole(data: Path, cache: Path, output: Path, *more: str) -> bytes:
    process = start(data, cache, output, *more)
    _, told = process.communicate(timeout=240)
    assert process.returncode == 0, told.decode()
    return output.read_bytes()


def kept(cache: Path) -> int:
    return len(list(cache.glob("**/*.npy")))


def stopped(process: subprocess.Popen[bytes], cache: Path, rounds: int, number: signal.Signals) -> str:
    """Send the signal when so many rounds are kept; what was told."""
    while kept(cache) < rounds and process.poll() is None:
        time.sleep(0.005)
    assert process.poll() is None, "the report was done before it could be stopped"
    process.send_signal(number)
    return process.communicate(timeout=60)[1].decode()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_killed_report_goes_on(data: Path, tmp_path: Path, jobs: str) -> None:
    seed = int(os.environ.get("TEST_SEED", random.SystemRandom().randrange(2**32)))
    print(f"seed {seed}; set TEST_SEED to repeat")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    cache, output = tmp_path / "cache", tmp_path / "report.json"
    wanted = whole(data, tmp_path / "other", tmp_path / "other.json")
    for _ in range(2):
        rounds = kept(cache) + chance.randrange(3, 25)
        process = start(data, cache, output, "--jobs", jobs)
        stopped(process, cache, rounds, signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert not output.exists()
    assert kept(cache) > 0
    assert whole(data, cache, output, "--jobs", jobs) == wanted
    assert kept(cache) == 0


def test_an_interrupted_report_says_so_leaves_nothing_half_done_and_goes_on(data: Path, tmp_path: Path) -> None:
    cache, output = tmp_path / "cache", tmp_path / "report.json"
    before: dict[Path, int] = {}
    for _ in range(2):
        process = start(data, cache, output, "--jobs", "2")
        told = stopped(process, cache, len(before) + 5, signal.SIGINT)
        assert (process.returncode, told.strip()) == (3, "Stopped.")
        assert not list(tmp_path.glob("report*"))
        assert not list(cache.glob("**/*.part"))
        after = {file: file.stat().st_mtime_ns for file in cache.glob("**/*.npy")}
        assert len(after) >= len(before) + 5
        # What was finished is not computed anew.
        assert before.items() <= after.items()
        before = after
    wanted = whole(data, tmp_path / "other", tmp_path / "other.json")
    assert whole(data, cache, output) == wanted
    assert kept(cache) == 0
