"""Work in a process apart: bounded in number, some may wait a moment, and its errors come back as they were."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.store.apart import Apart, Kind, serve

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULE = "tests.store.test_apart"


@pytest.fixture(autouse=True)
def _found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process find this module."""
    root = Path(__file__).parents[2]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")])))


def work(_: Path, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the process does, by the word in the request."""
    word = request["do"]
    if word == "sleep":
        time.sleep(60)
    if word == "grow":
        bytes(10**10)
    if word == "fail":
        raise CoopgraphError("syntax", "It is wrong.", line=3, column=4)
    if word == "die":
        raise SystemExit(7)
    if word == "belong":
        return {"group": os.getpgrp()}
    return {"said": word}


def apart(*, seconds: float = 60.0, at_once: int = 1, patience: float = 0.0) -> Apart:
    kind = Kind(module=MODULE, name="trial", remedy="Try less.", limit="trials", patience=patience)
    return Apart(kind, seconds=seconds, memory=10**9, at_once=at_once)


def test_the_outcome_comes_back() -> None:
    one = apart()
    with one.workspace() as workspace:
        assert one.run(workspace, {"do": "speak"}) == {"said": "speak"}
        assert workspace.exists()
    assert not workspace.exists()


@pytest.mark.parametrize(
    ("word", "code"), [("sleep", "deadline"), ("grow", "memory"), ("fail", "syntax"), ("die", "reader-lost")]
)
def test_what_goes_wrong_is_told(word: str, code: str) -> None:
    one = apart(seconds=5.0 if word == "sleep" else 60.0)
    with one.workspace() as workspace, pytest.raises(CoopgraphError) as caught:
        one.run(workspace, {"do": word})
    assert caught.value.code == code
    if word == "fail":
        assert (caught.value.line, caught.value.column) == (3, 4)


def test_an_interrupt_at_the_terminal_is_not_for_the_process() -> None:
    one = apart()
    with one.workspace() as workspace:
        assert one.run(workspace, {"do": "belong"})["group"] != os.getpgrp()


def test_who_finds_no_place_is_told_at_once_or_after_some_patience() -> None:
    impatient, patient = apart(), apart(patience=0.2)
    for one in (impatient, patient):
        with one.workspace():
            begun = time.monotonic()
            with pytest.raises(CoopgraphError) as caught, one.workspace():
                pass
            waited = time.monotonic() - begun
        assert caught.value.code == "busy"
        assert caught.value.limit == "trials"
        assert "1 trials are running, the limit trials." in caught.value.detail
        # On a busy machine even making the directory takes a while.
        assert waited >= 0.2 if one is patient else waited < 5


def test_a_place_that_becomes_free_is_taken() -> None:
    one = apart(patience=30.0)
    taken = threading.Event()

    def wait() -> None:
        with one.workspace():
            taken.set()

    with one.workspace():
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not taken.wait(0.1)
    assert taken.wait(30)
    waiting.join()


def test_closing_ends_what_runs_and_what_waits_and_lets_nothing_begin() -> None:
    one, begun = apart(patience=30.0), time.monotonic()
    running = threading.Event()
    told: list[CoopgraphError] = []

    def sleep() -> None:
        try:
            with one.workspace() as workspace:
                running.set()
                one.run(workspace, {"do": "sleep"})
        except CoopgraphError as error:
            told.append(error)

    threads = [threading.Thread(target=sleep) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert running.wait(10)
    time.sleep(0.2)
    one.close()
    for thread in threads:
        thread.join(20)
    assert time.monotonic() - begun < 25
    sleep()
    assert [(error.code, error.detail) for error in told] == [("busy", "The service is being stopped.")] * 4


if __name__ == "__main__":
    import sys

    serve(sys.argv[1:], work)
