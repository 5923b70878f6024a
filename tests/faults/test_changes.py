"""However the service ends, each change that it acknowledged is there, and of the others none is there by half."""

from __future__ import annotations

import csv
import io
import os
import random
import threading
import time
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from coopgraph.release.backup import restore
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify
from tests.cli.running import coopgraph
from tests.cli.test_serve import Served, serving

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.timeout(600)]

UPDATES = 200
KILLS = 12
TOKEN = "a-token-for-tests"  # noqa: S105 - it guards nothing
HALVES = """
SELECT ?n ?first ?second {
  { SELECT DISTINCT ?n { GRAPH ?half { ?n <http://e/p> ?x } } }
  OPTIONAL { GRAPH <http://e/first> { ?n <http://e/p> ?first } }
  OPTIONAL { GRAPH <http://e/second> { ?n <http://e/p> ?second } }
}
"""


def running(directory: Path) -> AbstractContextManager[Served]:
    options = ("--bind", "127.0.0.1:0", "--writable", "--gate", "none", "--empty")
    return serving(directory, *options, COOPGRAPH_TOKEN=TOKEN, COOPGRAPH_READERS="1", COOPGRAPH_RELEASES_KEPT="20")


def write(served: Served, number: int) -> bool:
    """Write one number into two graphs; whether that was acknowledged."""
    triple = f"<http://e/{number}> <http://e/p> {number}"
    halves = f"GRAPH <http://e/first> {{ {triple} }} GRAPH <http://e/second> {{ {triple} }}"
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    try:
        status, _, body = served.send("POST", "/update", f"INSERT DATA {{ {halves} }}".encode(), headers)
    except (OSError, HTTPException):
        return False
    assert status in {204, 503}, body
    return status == 204


def written(served: Served) -> set[int]:
    """The numbers that are there, of which none may be there by half."""
    status, _, body = served.get("/sparql?" + urlencode({"query": HALVES}), Accept="text/csv")
    assert status == 200, body
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    assert [row for row in rows if row["first"] != row["second"]] == []
    return {int(row["first"]) for row in rows}


def test_the_service_killed_at_random_moments(tmp_path: Path) -> None:
    seed = int(os.environ.get("TEST_SEED", random.SystemRandom().randrange(2**32)))
    print(f"seed {seed}; set TEST_SEED to repeat")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    last = sorted(chance.sample(range(1, UPDATES), KILLS))
    acknowledged: set[int] = set()
    number = 0
    for until in [*last, UPDATES]:
        with running(tmp_path) as served:
            there = written(served)
            assert acknowledged <= there
            assert there <= set(range(number + 1))
            while number < until:
                number += 1
                if number == until and until != UPDATES:
                    # The last one before the end is cut short at a random moment.
                    killer = threading.Timer(chance.uniform(0, 0.25), served.process.kill)
                    killer.start()
                    if write(served, number):
                        acknowledged.add(number)
                    killer.join()
                    served.process.wait(timeout=20)
                elif write(served, number):
                    acknowledged.add(number)
        assert verify(Shelf(tmp_path / "data")) == ()
    assert len(acknowledged) >= UPDATES - KILLS
    with running(tmp_path) as served:
        assert acknowledged <= written(served)
    done = coopgraph("release", "verify", "--all", "--data", tmp_path / "data")
    assert done.returncode == 0, done.stdout
    left = sorted(path.name for path in (tmp_path / "data").iterdir() if not path.name.startswith("building-"))
    assert left == ["current", "lock", "releases"]


def test_the_process_for_changes_killed_while_it_works(tmp_path: Path) -> None:
    with running(tmp_path) as served:
        assert write(served, 1)
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
        fill = "INSERT DATA { " + " ".join(f"<http://e/x{n}> <http://e/q> {n} ." for n in range(3000)) + " }"
        assert served.send("POST", "/update", fill.encode(), headers)[0] == 204
        told: list[int] = []
        endless = b"INSERT { ?a ?b ?l } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        thread = threading.Thread(target=lambda: told.append(served.send("POST", "/update", endless, headers)[0]))
        thread.start()
        time.sleep(0.7)
        changers = [pid for pid in children(served.process.pid) if "change_process" in command_of(pid)]
        assert len(changers) == 1
        os.kill(changers[0], 9)
        thread.join(timeout=30)
        assert told == [503]
        assert write(served, 2)
        assert written(served) == {1, 2}
    assert verify(Shelf(tmp_path / "data")) == ()


def test_writers_at_once_take_turns_and_lose_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as served:

        def some(first: int) -> None:
            for number in range(first, first + 8):
                while not write(served, number):
                    time.sleep(0.05)

        writers = [threading.Thread(target=some, args=(first,)) for first in (0, 100, 200, 300)]
        for writer in writers:
            writer.start()
        load = ("load", "-", "-f", "turtle", "--data", tmp_path / "data")
        beside = [coopgraph(*load, stdin=f"<http://e/s{n}> <http://e/q> {n} .") for n in range(4)]
        for writer in writers:
            writer.join(timeout=120)
        assert [done.returncode for done in beside] == [0] * 4, [done.stderr for done in beside]
        assert written(served) == {first + step for first in (0, 100, 200, 300) for step in range(8)}
    shelf = Shelf(tmp_path / "data")
    assert shelf.current_number() == 1 + 32 + 4
    assert [manifest.parent for manifest in shelf.manifests()] == [number - 1 for number in shelf.numbers()]
    assert verify(shelf) == ()


def test_a_backup_while_others_write_is_one_release(tmp_path: Path) -> None:
    with running(tmp_path) as served:
        assert write(served, 0)
        going = True

        def go_on() -> None:
            number = 1
            while going:
                number += write(served, number)

        writer = threading.Thread(target=go_on)
        writer.start()
        try:
            done = [coopgraph("backup", tmp_path / f"{n}.tar.gz", "--data", tmp_path / "data") for n in range(3)]
            done.append(coopgraph("backup", "--all", tmp_path / "all.tar", "--data", tmp_path / "data"))
        finally:
            going = False
            writer.join(timeout=60)
        assert [one.returncode for one in done] == [0] * 4, [one.stderr for one in done]
        before = written(served)
    for name in ("0.tar.gz", "1.tar.gz", "2.tar.gz", "all.tar"):
        shelf = Shelf(tmp_path / f"from-{name}")
        restore(tmp_path / name, shelf)
        assert verify(shelf) == ()
        with serving_of(shelf) as served:
            assert written(served) <= before


def serving_of(shelf: Shelf) -> AbstractContextManager[Served]:
    target = shelf.directory.parent / f"{shelf.directory.name}-served"
    target.mkdir()
    (target / "data").symlink_to(shelf.directory)
    return running(target)


def children(pid: int) -> list[int]:
    return [int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()]


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()
