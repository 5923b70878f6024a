"""The measurements measure what they say."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coopgraph.model.finding import Finding, Severity
from tests.bench.judgement import aims, growth, offenders, ratios
from tests.bench.measure import main
from tests.bench.meter import on_disk, weigh


@dataclass(frozen=True)
class Fake:
    step: str
    size: int
    quads: int
    cpu: float
    wall: float = 1.0
    peak: int = 100_000_000
    details: dict[str, Any] = field(default_factory=dict)


START = Fake("start", 0, 0, 0.0)


def test_growth_is_one_where_cost_keeps_pace_with_size_and_ten_where_it_is_quadratic() -> None:
    linear = [Fake("build", size, size, size / 1000) for size in (1000, 10_000)]
    squared = [Fake("validate", size, size, 0.0, details={"judge_cpu": size**2 / 1e6}) for size in (1000, 10_000)]
    factors = {row["step"]: row["CPU"] for row in growth([START, *linear, *squared])}
    assert factors == {"build": pytest.approx(1), "validate": pytest.approx(10)}


def test_ratios_compare_with_the_engine_at_the_same_size() -> None:
    bare = {"bulk_load": 6.0, "bulk_load_cpu": 5.0, "optimize": 2.0, "optimize_cpu": 1.0}
    results = [
        Fake("raw", 5, 5, 6.0, details=bare),
        Fake("publish", 5, 5, 12.0, details={"publish": 10.0, "publish_cpu": 12.0}),
    ]
    (row,) = ratios(results)
    assert row == {
        "size": 5,
        "bulk_load": pytest.approx(0.6),
        "bulk_load + optimize": pytest.approx(0.8),
        "CPU, bulk_load": pytest.approx(5 / 12),
        "CPU, bulk_load + optimize": pytest.approx(0.5),
    }


def test_a_missing_and_a_surplus_finding_fail_the_aim() -> None:
    def judged(missing: list[str], surplus: list[str]) -> object:
        details = {"expected": 3, "missing": missing, "surplus": surplus, "judge_cpu": 1.0}
        (row,) = aims([START, Fake("validate", 10, 10, 1.0, details=details)])
        return row["met"]

    assert judged([], [])
    assert not judged(["D04"], [])
    assert not judged([], ["D04"])


def test_the_offender_is_the_focus_or_the_value_beside_a_term() -> None:
    def finding(focus: str, value: str) -> Finding:
        return Finding("D04", Severity.VIOLATION, focus, "", value, "", "", "")

    event, term = "<https://w3id.org/coopgraph/id/event/one>", "<https://w3id.org/coopgraph/ns#endDate>"
    expected = {("D04", event.strip("<>"))}
    assert offenders([finding(event, term)]) == offenders([finding(term, event)]) == expected


def test_a_file_with_two_names_takes_its_place_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(os.urandom(100_000))
    single = on_disk([tmp_path])
    os.link(tmp_path / "one", tmp_path / "two")
    assert on_disk([tmp_path]) == single >= 100_000


def test_a_failing_step_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="step publish ended"):
        weigh("publish", "/nowhere/quads.nq", "/nowhere/data")


@pytest.mark.slow
def test_a_whole_run_finds_the_planned_defects_and_writes_its_numbers(tmp_path: Path) -> None:
    arguments = ["--sizes", "20000", "--large", "20000", "--repeat", "1", "--workspace", str(tmp_path)]
    done = CliRunner().invoke(main, [*arguments, "-o", str(tmp_path / "result.json")], catch_exceptions=False)
    assert done.exit_code == 0
    report = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert [path.name for path in tmp_path.iterdir()] == ["result.json"]
    steps = [(row["step"], row["size"]) for row in report["results"]]
    assert [step for step, size in steps if size] == [
        *("generate", "build", "validate", "raw", "publish", "generate", "raw", "publish")
    ]
    assert all(row["peak"] > 1_000_000 and row["wall"] > 0 for row in report["results"])
    exact = next(row for row in report["aims"] if "found exactly" in row["aim"])
    assert exact["met"]
    assert report["machine"]["packages"]["pyoxigraph"]
