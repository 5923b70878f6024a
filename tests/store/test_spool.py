"""Large answers travel in files that nobody can find, and that nobody leaves behind."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.store.spool import PART, Spooled
from coopgraph.store.workers import Question
from tests.conftest import missing
from tests.store.conftest import N
from tests.store.made import JSON, gone, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.store.made import Pool

LARGE = Question("SELECT * { ?a ?b ?c . ?d ?e ?f }", "text/tab-separated-values")
TRIPLES = Question("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", "application/n-triples")


def descriptors() -> int:
    gc.collect()
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - the path is no directory of files


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory for temporary files of this process and of those it starts."""
    directory = tmp_path / "spool"
    directory.mkdir()
    monkeypatch.setenv("TMPDIR", str(directory))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return directory


def test_what_is_written_comes_back_as_often_as_wanted() -> None:
    file = Spooled.create()
    written = [b"a" * 10, b"", b"b" * (2 * PART), b"c"]
    for data in written:
        file.write(data)
    assert file.size == sum(map(len, written))
    first, second = file.parts(), file.parts()
    assert next(first) + b"".join(first) == b"".join(second) == b"".join(written)
    with file.open() as one, file.open() as other:
        assert one.read(5) == b"aaaaa"
        assert other.read() == b"aaaaa" + one.read() == b"".join(written)
    file.close()
    file.close()


def test_a_file_that_lost_its_end_is_no_answer() -> None:
    file = Spooled.create()
    file.write(b"abc")
    os.ftruncate(file.fileno(), 2)
    with pytest.raises(CoopgraphError) as caught:
        b"".join(file.parts())
    assert caught.value.code == "storage"


@pytest.mark.parametrize(("question", "lines"), [(LARGE, N * N + 1), (TRIPLES, N * N)], ids=["table", "graph"])
def test_a_large_answer_is_the_same_in_a_file(pool: Callable[..., Pool], question: Question, lines: int) -> None:
    large = {"rows": 10**6, "size": 10**8}
    inline = pool(**large, inline=10**8).ask(question)
    spooled = pool(**large, inline=1000).ask(question)
    assert isinstance(inline.content, bytes)
    assert isinstance(spooled.content, Spooled)
    assert spooled.open().read() == spooled.body
    assert inline.open().read() == inline.body
    assert spooled.size == len(spooled.body) == len(inline.body)
    assert sorted(spooled.body.split(b"\n")) == sorted(inline.body.split(b"\n"))
    assert spooled.body.count(b"\n") == lines
    assert max(map(len, spooled.parts())) <= PART


def test_a_limit_that_is_met_in_the_file_is_told(pool: Callable[..., Pool]) -> None:
    readers = pool(rows=10**6, size=100_000, inline=1000)
    with pytest.raises(CoopgraphError) as caught:
        readers.ask(LARGE)
    assert (caught.value.code, caught.value.limit) == ("too-large", "query_bytes")
    readers = pool(rows=N * N - 1, size=10**8, inline=1000)
    with pytest.raises(CoopgraphError) as caught:
        readers.ask(LARGE)
    assert (caught.value.code, caught.value.limit) == ("too-large", "query_rows")


def test_files_have_no_names_and_go_with_their_answers(pool: Callable[..., Pool], spool: Path) -> None:
    readers = pool(rows=10**6, size=10**8, inline=1000)
    readers.ask(Question("ASK {}", JSON))
    before = descriptors()
    answers = [readers.ask(LARGE) for _ in range(3)]
    assert list(spool.iterdir()) == []
    assert descriptors() == before + 3
    answers.pop().close()
    assert descriptors() == before + 2
    answers.clear()
    assert descriptors() == before
    (pid,) = readers.pids()
    assert len(os.listdir(f"/proc/{pid}/fd")) < 40  # noqa: PTH208


def test_a_full_disk_is_told_and_the_reader_lives(pool: Callable[..., Pool], spool: Path) -> None:
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(spool)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        missing("The right to mount a small file system")
    try:
        readers = pool(rows=10**6, size=10**8, inline=1000)
        before = readers.pids()
        for _ in range(2):
            with pytest.raises(CoopgraphError) as caught:
                readers.ask(LARGE)
            assert (caught.value.code, caught.value.kind.http) == ("storage", 507)
            assert str(spool) not in caught.value.detail
        assert readers.ask(Question("SELECT * { ?s ?p ?o } LIMIT 100", JSON)).rows == 100
        assert readers.pids() == before
        readers.close()
    finally:
        subprocess.run(["umount", str(spool)], check=True)


PARENT = """
import sys
from coopgraph.store.blocking import BlockingReaders
from coopgraph.store.workers import Limits, Question
readers = BlockingReaders(Limits(readers=1, seconds=100, memory=10**9, rows=10**9, size=10**11, inline=1000))
readers.start()
print(*readers.pool.pids(), flush=True)
readers.run(Question("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "text/csv"), sys.argv[1])
"""


def used(directory: Path) -> int:
    """Bytes on this file system that some file has, whether it has a name or not."""
    status = os.statvfs(directory)
    return (status.f_blocks - status.f_bfree) * status.f_frsize


@pytest.mark.fault
@pytest.mark.parametrize("victim", ["reader", "parent"])
def test_nothing_remains_when_somebody_is_killed(store: Path, spool: Path, victim: str) -> None:
    command = ["mount", "-t", "tmpfs", "-o", "size=900m", "none", str(spool)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        missing("The right to mount a file system")
    try:
        before = used(spool)
        with subprocess.Popen(
            [sys.executable, "-c", PARENT, str(store)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as parent:
            assert parent.stdout is not None
            reader = int(parent.stdout.readline())
            assert until(lambda: used(spool) > before + 1_000_000)
            os.kill(reader if victim == "reader" else parent.pid, signal.SIGKILL)
        assert until(lambda: gone(reader), 3)
        assert until(lambda: used(spool) == before, 3)
        assert list(spool.iterdir()) == []
    finally:
        time.sleep(0.1)
        subprocess.run(["umount", str(spool)], check=True)
