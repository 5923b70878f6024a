"""Readers that are killed, starved or sent astray take nobody else with them."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.store.workers import Question
from tests.store import made
from tests.store.made import JSON, Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.fault

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
RUNAWAYS = {
    "count": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER(?c + ?f + ?i < 0) }}",
    "order": f"SELECT * {{ {CROSS} }} ORDER BY DESC(?c + ?f + ?i) ?a LIMIT 5",
    "distinct": f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?a ?d ?g {{ {CROSS} }} }}",
    "path": "SELECT (COUNT(*) AS ?n) { ?a !<http://e/no>* ?b . ?c !<http://e/no>* ?d . ?e !<http://e/no>* ?f }",
    "construct": f"CONSTRUCT {{ ?a ?b ?c }} {{ {CROSS} FILTER(?c + ?f + ?i < 0) }}",
    "ask": f"ASK {{ {CROSS} FILTER(?c + ?f + ?i < 0) }}",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.seal(tmp_path_factory.mktemp("store"), 3000)


@pytest.fixture
def pool(store: Path) -> Iterator[Callable[..., Pool]]:
    opened: list[Pool] = []

    def make(**changes: Any) -> Pool:
        limits: dict[str, Any] = {"readers": 2, "seconds": 1.0, "memory": 2_000_000_000, "rows": 1000, "size": 10**6}
        directory = changes.pop("directory", store)
        opened.append(Pool(directory, made.limits(**(limits | changes))))
        opened[-1].start()
        return opened[-1]

    yield make
    for one in opened:
        one.close()


# Each of these leads the engine beyond the end of its stack.
DEEP = {
    "groups": "SELECT * " + "{" * 100_000 + "}" * 100_000,
    "brackets": "ASK { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
    "sums": "SELECT (" + "1+" * 300_000 + "1 AS ?x) {}",
    "lists": "ASK { " + "(" * 50_000 + ")" * 50_000 + " ?p ?o }",
}


def failure(pool: Pool, text: str, media_type: str = JSON) -> CoopgraphError:
    with pytest.raises(CoopgraphError) as caught:
        pool.ask(Question(text, media_type))
    return caught.value


@pytest.mark.parametrize("name", list(DEEP))
def test_a_query_that_is_too_deep_is_told_as_such(pool: Callable[..., Pool], name: str) -> None:
    readers = pool(readers=1)
    for _ in range(2):
        error = failure(readers, DEEP[name])
        assert (error.code, error.kind.http) == ("too-deep", 400)
    assert readers.ask(Question("ASK {}", JSON)).rows == 1


@pytest.mark.parametrize("name", list(RUNAWAYS))
def test_a_runaway_query_ends_at_the_deadline(pool: Callable[..., Pool], name: str) -> None:
    readers = pool(readers=1)
    start = time.monotonic()
    error = failure(readers, RUNAWAYS[name], "text/turtle" if name == "construct" else JSON)
    took = time.monotonic() - start
    assert error.code == "deadline"
    assert took < 1.5
    assert made.until(lambda: readers.pool.idle == 1)
    assert readers.ask(Question("ASK {}", JSON)).rows == 1


@pytest.mark.parametrize("name", ["order", "distinct"])
def test_a_memory_hog_is_contained(pool: Callable[..., Pool], name: str) -> None:
    readers = pool(seconds=30.0, memory=300_000_000)
    others: list[int] = []
    highest: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            for pid in readers.pids():
                highest.append(resident(pid))
            others.append(readers.ask(Question("SELECT * { <http://example.org/7> ?p ?o }", JSON)).rows)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        error = failure(readers, RUNAWAYS[name])
    finally:
        done.set()
        watcher.join()
    assert (error.code, error.limit) == ("memory", "query_memory")
    assert "300000000" in error.detail
    assert max(highest) < 400_000_000
    assert set(others) == {1}
    assert readers.ask(Question("ASK {}", JSON)).rows == 1


def resident(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") if len(fields) > 1 else 0


def test_killing_every_reader_under_load_fails_running_queries_only(pool: Callable[..., Pool]) -> None:
    readers = pool(seconds=20.0)
    stop = threading.Event()
    results: list[tuple[float, str]] = []

    def ask() -> None:
        while not stop.is_set():
            try:
                readers.ask(Question("SELECT * { ?s ?p ?o } LIMIT 500", JSON))
                results.append((time.monotonic(), "answer"))
            except CoopgraphError as error:
                results.append((time.monotonic(), error.code))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    kills = []
    for _ in range(3):
        time.sleep(0.7)
        for pid in readers.all_up():
            os.kill(pid, signal.SIGKILL)
        kills.append(time.monotonic())
    time.sleep(1.2)
    stop.set()
    for thread in threads:
        thread.join(timeout=10)
    counts = Counter(what for _, what in results)
    assert set(counts) <= {"answer", "reader-lost"}
    # Two readers were killed three times, and each of them had one question at most.
    assert counts["reader-lost"] <= 6
    for moment in kills:
        assert any(what == "answer" and moment < when < moment + 1 for when, what in results)


def test_an_idle_reader_that_was_killed_is_replaced_without_an_error(pool: Callable[..., Pool]) -> None:
    readers = pool()
    before = readers.all_up()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
    for _ in range(4):
        assert readers.ask(Question("ASK {}", JSON)).rows == 1
    assert not set(before) & set(readers.all_up())


def test_a_running_reader_that_is_killed_is_a_lost_reader(pool: Callable[..., Pool]) -> None:
    readers = pool(readers=1, seconds=20.0)
    (pid,) = readers.all_up()
    threading.Timer(0.3, os.kill, (pid, signal.SIGKILL)).start()
    error = failure(readers, RUNAWAYS["count"])
    assert error.code == "reader-lost"
    assert readers.ask(Question("ASK {}", JSON)).rows == 1


def test_a_reader_that_is_stopped_meets_its_deadline(pool: Callable[..., Pool]) -> None:
    readers = pool(readers=1)
    os.kill(readers.all_up()[0], signal.SIGSTOP)
    start = time.monotonic()
    assert failure(readers, "ASK { " + "# a long comment\n" * 100_000 + "}").code == "deadline"
    assert time.monotonic() - start < 1.5
    assert readers.ask(Question("ASK {}", JSON)).rows == 1


def test_a_store_that_is_gone_is_told_and_a_new_one_is_used(
    pool: Callable[..., Pool], store: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "store"
    moved.symlink_to(store)
    readers = pool(readers=1, seconds=5, directory=moved)
    assert readers.ask(Question("ASK {}", JSON)).rows == 1
    moved.unlink()
    assert failure(readers, "ASK {}").code == "damaged"
    moved.symlink_to(store)
    assert readers.ask(Question("ASK {}", JSON)).rows == 1


def test_a_damaged_block_is_told_and_never_answered_over(
    pool: Callable[..., Pool], store: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "store"
    shutil.copytree(store, broken)
    large = [path for path in broken.glob("*.sst") if path.stat().st_size > 15_000]
    assert large
    for path in large:
        content = bytearray(path.read_bytes())
        content[len(content) // 8] ^= 4
        path.write_bytes(content)
    readers = pool(readers=1, seconds=10, memory=500_000_000, rows=10**6, size=10**9, directory=broken)
    error = failure(readers, "SELECT * { ?s ?p ?o }")
    assert error.code == "damaged"
    assert "checksum" in error.detail


def test_nothing_is_left_open(pool: Callable[..., Pool]) -> None:
    readers = pool(readers=1, seconds=0.1)
    failure(readers, RUNAWAYS["count"])
    assert made.until(lambda: readers.pool.idle == 1)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - the path is no directory of files
    for _ in range(5):
        failure(readers, RUNAWAYS["count"])
        assert made.until(lambda: readers.pool.idle == 1)
    assert len(os.listdir("/proc/self/fd")) <= before  # noqa: PTH208


def test_another_process_is_in_reserve(pool: Callable[..., Pool]) -> None:
    # Other tests in this process may have readers of their own.
    others = set(children())
    readers = pool(readers=2)
    before = readers.all_up()
    assert made.until(lambda: len(set(children()) - others) == 3)
    started = set(children()) - others
    os.kill(before[0], signal.SIGKILL)
    assert made.until(lambda: before[0] not in readers.pids())
    (new,) = set(readers.all_up()) - set(before)
    assert new in started
    assert made.until(lambda: len(set(children()) - others) == 3)


def children() -> list[int]:
    """The reader processes of this process that live."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        for pid in map(int, (task / "children").read_text(encoding="ascii").split()):
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"coopgraph.store.reader_process" in command:
                found.append(pid)
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_asks_the_whole_service_to_end_leaves_the_readers_at_work(
    pool: Callable[..., Pool], number: signal.Signals
) -> None:
    readers = pool(readers=1, seconds=20.0)
    (pid,) = readers.all_up()
    threading.Timer(0.2, os.kill, (pid, number)).start()
    assert readers.ask(Question("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }", JSON)).rows == 1
    time.sleep(0.3)
    assert readers.ask(Question("ASK {}", JSON)).rows == 1
    assert readers.pids() == (pid,)
