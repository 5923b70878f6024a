"""Finished runs that are kept: whole or not there, one user at a time, and put away in the end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest

from coopgraph.network.uncertainty.keep import keeping

if TYPE_CHECKING:
    from pathlib import Path

RANKS = np.array([[1, 2, 0], [3, 1, 2]], dtype=np.int32)


def test_what_was_put_comes_back(tmp_path: Path) -> None:
    with keeping(tmp_path) as keep:
        finished = keep.finished("work")
        finished.put(3, RANKS)
        finished.put(12, RANKS * 2)
        assert finished.numbers() == {3, 12}
        assert [each.tolist() for each in finished.ranks([12, 3, 12])] == [
            (RANKS * 2).tolist(),
            RANKS.tolist(),
            (RANKS * 2).tolist(),
        ]
    assert not (tmp_path / "work").exists()


def test_a_damaged_file_is_not_taken(tmp_path: Path) -> None:
    with keeping(tmp_path) as keep:
        finished = keep.finished("work")
        for number in range(4):
            finished.put(number, RANKS + number)
        cut, empty, changed, _ = sorted(finished.directory.glob("*.npy"))
        cut.write_bytes(cut.read_bytes()[:-3])
        empty.write_bytes(b"")
        changed.write_bytes(changed.read_bytes()[:-1] + b"\x07")
        (finished.directory / "left.part").write_bytes(b"half")
        finished.tidy()
        assert finished.numbers() == {3}
        assert len(list(finished.directory.iterdir())) == 1


def stopped(directory: Path, name: str) -> Path:
    """Put one run of the work of this name, and be interrupted; where it is kept."""
    place = directory / name

    def work() -> None:
        with keeping(directory) as keep:
            keep.finished(name).put(0, RANKS)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    return place


def test_after_an_interrupt_everything_stays(tmp_path: Path) -> None:
    stopped(tmp_path, "work")
    with keeping(tmp_path) as keep:
        assert keep.finished("work").numbers() == {0}


def test_a_second_user_works_elsewhere(tmp_path: Path) -> None:
    with keeping(tmp_path) as first, keeping(tmp_path) as second:
        first.finished("work").put(0, RANKS)
        other = second.finished("work")
        assert other.numbers() == frozenset()
        assert not other.directory.is_relative_to(tmp_path)
    assert not other.directory.exists()


def test_nothing_is_kept_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with keeping(tmp_path / "file" / "below") as keep:
        keep.finished("work").put(0, RANKS)


def test_work_that_nobody_takes_up_is_put_away(tmp_path: Path) -> None:
    for number in range(7):
        os.utime(stopped(tmp_path, f"stopped-{number}"), (1000 + number, 1000 + number))
    with keeping(tmp_path) as keep:
        keep.finished("done").put(0, RANKS)
    assert {each.name for each in tmp_path.iterdir()} == {"lock", *(f"stopped-{number}" for number in range(3, 7))}
