"""The invented networks are what they say, every task of ours runs, and aims are judged by the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from coopgraph.network.network import Mode
from tests.bench.networks.__main__ import aims
from tests.bench.networks.invented import invented
from tests.bench.networks.steps import LIBRARIES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("mode", [Mode.ONE_MODE, Mode.DIRECT])
def test_an_invented_network_has_so_many_different_ties(mode: Mode) -> None:
    made = invented(3000, mode=mode)
    pairs = list(zip(made.source.tolist(), made.target.tolist(), strict=True))
    assert len(pairs) == len(set(pairs)) == 3000
    assert pairs == sorted(pairs)
    assert all(source < target if mode is Mode.ONE_MODE else source != target for source, target in pairs)
    degree = np.sort(np.bincount(made.source, minlength=made.n) + np.bincount(made.target, minlength=made.n))
    assert degree[-1] > 4 * np.median(degree)
    assert np.array_equal(made.strengths.values, invented(3000, mode=mode).strengths.values)


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_task_runs_and_all_find_the_same_cores(library: str, tmp_path: Path) -> None:
    pytest.importorskip(library)
    made = invented(600)
    file = tmp_path / "ties.npz"
    np.savez(file, n=made.n, source=made.source, target=made.target, strength=made.strengths.values)
    read, tasks = LIBRARIES[library]
    said = {name: task(read(file)) for name, task in tasks.items()}
    plain, reference = LIBRARIES["networkx"]
    if library != "coopgraph":
        assert said["core"] == reference["core"](plain(file))


def test_aims_are_met_or_missed_by_the_numbers() -> None:
    def row(library: str, task: str, cpu: float, ties: int = 1_000_000, peak: int = 1) -> dict[str, object]:
        return {"ties": ties, "library": library, "task": task, "cpu": cpu, "peak": peak, "ended": False}

    found = aims(
        [
            row("coopgraph", "pagerank", 0.1),
            row("networkx", "pagerank", 2.9),
            row("coopgraph", "core", 0.1),
            row("networkx", "core", 1.5),
            row("coopgraph", "betweenness within 0.01, equal ties", 31.0),
            row("coopgraph", "core", 3.0, ties=10_000_000, peak=3_900_000_000),
        ]
    )
    assert [(one["aim"].split(":")[0], one["met"]) for one in found] == [
        ("pagerank", False),
        ("core", True),
        ("betweenness within 0.01, equal ties", False),
        ("peak memory at 10 M ties, GB", True),
    ]
