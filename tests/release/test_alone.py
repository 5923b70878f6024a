"""One writer at a time, also while those who fail take away what they have made."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.release.alone import LOCK, alone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def fail(directory: Path, do: Callable[[], object] = lambda: None) -> None:
    """Be the only writer, do this and fail."""

    def work() -> None:
        with alone(directory, 10):
            do()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()


def test_who_fails_leaves_nothing_that_was_not_there(tmp_path: Path) -> None:
    fail(tmp_path / "deep" / "deeper" / "data")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty").mkdir()
    fail(tmp_path / "empty")
    fail(tmp_path / "empty" / "data")
    assert list(tmp_path.rglob("*")) == [tmp_path / "empty"]


def test_what_others_have_left_there_stays(tmp_path: Path) -> None:
    fail(tmp_path / "data", (tmp_path / "data" / "note").touch)
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [LOCK, "note"]
    with alone(tmp_path / "used", 10):
        pass
    fail(tmp_path / "used")
    assert [path.name for path in (tmp_path / "used").iterdir()] == [LOCK]


def test_a_second_writer_waits_and_is_told_if_it_takes_too_long(tmp_path: Path) -> None:
    with alone(tmp_path, 10), pytest.raises(CoopgraphError) as caught, alone(tmp_path, 0.05):
        pass
    assert caught.value.code == "busy"


def test_who_waits_for_one_that_fails_gets_its_turn_in_a_directory_that_is_there(tmp_path: Path) -> None:
    directory, ready = tmp_path / "deep" / "data", threading.Event()

    def write() -> None:
        ready.set()
        with alone(directory, 20):
            (directory / "written").touch()

    def let_the_other_wait() -> None:
        second.start()
        ready.wait(10)
        time.sleep(0.2)

    second = threading.Thread(target=write)
    fail(directory, let_the_other_wait)
    second.join(30)
    assert (directory / "written").exists()


def test_never_two_at_once_whoever_fails(tmp_path: Path) -> None:
    directory = tmp_path / "data"
    inside, most, done = 0, 0, []

    def work(number: int) -> None:
        nonlocal inside, most
        try:
            with alone(directory, 60):
                inside += 1
                most = max(most, inside)
                time.sleep(0.002)
                inside -= 1
                if number % 3:
                    raise ZeroDivisionError
                done.append(number)
        except ZeroDivisionError:
            pass

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, range(60)))
    assert most == 1
    assert sorted(done) == list(range(0, 60, 3))
