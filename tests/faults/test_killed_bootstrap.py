"""A bootstrap that is killed goes on where it was, and tells what one that was left alone tells."""

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

ROUNDS = 60
KILLS = 4
# What is done in a process of its own; it prints a digest of all intervals, and how many rounds were there before.
WORK = f"""
import hashlib, sys, time
from pathlib import Path
from coopgraph.network.progress import Silent
from coopgraph.network.uncertainty.bootstrap import bootstrap
from coopgraph.network.uncertainty.keep import keeping
from coopgraph.network.uncertainty.unit import Unit
from tests.network.uncertainty.made import plan, some

class Telling(Silent):
    def __init__(self):
        self.first = None

    def advance(self, steps=1):
        if self.first is None:
            self.first = steps
            print("there before:", steps, flush=True)
        time.sleep(0.02)

directory, workers = sys.argv[1:]
with keeping(Path(directory) if directory else None) as keep:
    found = bootstrap(some(7, rows=90), plan("degree", "pagerank"), unit=Unit.EVENT, rounds={ROUNDS}, seed=4,
                      workers=int(workers), keep=keep, progress=Telling())
digest = hashlib.sha256()
for name, each in sorted(found.intervals.items()):
    for column in (each.best, each.worst, each.low, each.high, each.missing):
        digest.update(column.tobytes())
print("digest:", digest.hexdigest(), flush=True)
"""


def start(root: Path, directory: Path | str, workers: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORK, str(directory), str(workers)]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> dict[str, str]:
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return dict(line.split(": ") for line in told.splitlines())


def kept(directory: Path) -> int:
    return len(list(directory.glob("*/*.npy")))


def killed_somewhere(root: Path, directory: Path, workers: int, chance: random.Random) -> None:
    """Kill the work when it has finished some more rounds, but not all."""
    before = kept(directory)
    process = start(root, directory, workers)
    wanted = before + chance.randrange(1, 8)
    while kept(directory) < wanted and process.poll() is None:
        time.sleep(0.005)
    assert process.poll() is None, "the work was done before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_again_and_again_it_tells_the_same(root: Path, tmp_path: Path, workers: int) -> None:
    seed = int(os.environ.get("TEST_SEED", random.SystemRandom().randrange(2**32)))
    print(f"seed {seed}; set TEST_SEED to repeat")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    alone = finished(start(root, "", 1))
    directory = tmp_path / "keep"
    for _ in range(KILLS):
        killed_somewhere(root, directory, workers, chance)
    there = kept(directory)
    assert KILLS <= there < ROUNDS
    told = finished(start(root, directory, workers))
    assert told["digest"] == alone["digest"]
    # A process that computed for one that was killed may have finished its round since.
    assert int(told["there before"]) >= there
    assert kept(directory) == 0


def test_an_interrupt_keeps_what_is_finished(root: Path, tmp_path: Path) -> None:
    process = start(root, tmp_path, 2)
    while kept(tmp_path) < 3 and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode != 0
    there = kept(tmp_path)
    assert 3 <= there < ROUNDS
    assert not list(tmp_path.glob("*/*.part"))
    assert int(finished(start(root, tmp_path, 1))["there before"]) == there
