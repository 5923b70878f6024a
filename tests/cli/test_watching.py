"""The bar of long work: shown on a terminal after a second, and never elsewhere."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.progress import Progress

from coopgraph.cli import watching


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> tuple[Clock, Progress]:
    clock = Clock()
    monkeypatch.setattr(watching, "time", clock)
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    return clock, Progress(console=console, auto_refresh=False)


def test_short_work_shows_nothing(shown: tuple[Clock, Progress]) -> None:
    _, progress = shown
    watched = watching.Watched(progress)
    watched.begin(3, "first")
    watched.advance()
    assert not progress.live.is_started


def test_long_work_shows_one_piece_after_another(shown: tuple[Clock, Progress]) -> None:
    clock, progress = shown
    watched = watching.Watched(progress)
    watched.begin(3, "first")
    clock.now += 2
    watched.advance(2)
    try:
        assert progress.live.is_started
        (task,) = progress.tasks
        assert (task.description, task.completed, task.total) == ("first", 2, 3)
        watched.begin(5, "second")
        assert [one.description for one in progress.tasks] == ["second"]
    finally:
        progress.stop()


def test_without_a_terminal_nothing_is_written(capfd: pytest.CaptureFixture[str]) -> None:
    with watching.watched() as watched:
        watched.begin(10**6, "much")
        watched.advance(10**6)
    assert capfd.readouterr() == ("", "")
