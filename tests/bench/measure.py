"""`python -m tests.bench.measure`: what building, validating, loading and sealing cost, and how the cost grows.

Each step runs in a process of its own. Rates are compared with those of the bare engine on the same file in the same
run; where the machine is shared, CPU seconds and the best of several runs are what to trust.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from tests.bench import machine
from tests.bench.judgement import aims, growth, ratios
from tests.bench.meter import Cost, on_disk, weigh


@dataclass(frozen=True, slots=True)
class Result:
    """The cost of one step at one size: the best of its runs; `disk` is what the step left on disk, in bytes."""

    step: str
    size: int
    quads: int
    wall: float
    cpu: float
    peak: int
    disk: int
    details: dict[str, Any]


@click.command()
@click.option("--sizes", default="10000,100000,1000000", show_default=True, help="Sizes for every step, in quads.")
@click.option("--large", default="10000000", show_default=True, help="Sizes for loading and sealing only.")
@click.option(
    "--defects",
    default=116,
    show_default=True,
    help="Planned defects in what is validated, at most one in a thousand quads.",
)
@click.option("--seed", default=7, show_default=True)
@click.option("--repeat", default=3, show_default=True, help="Runs of loading and sealing below a million quads or so.")
@click.option(
    "--workspace", type=click.Path(path_type=Path), help="Where the data go; without it a temporary directory."
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the results as JSON.")
def main(
    *, sizes: str, large: str, defects: int, seed: int, repeat: int, workspace: Path | None, output: Path | None
) -> None:
    """Measure, print a table, and write everything as JSON."""
    started = machine.describe()
    place = Path(tempfile.mkdtemp(prefix="coopgraph-bench-", dir=workspace))
    results: list[Result] = []
    try:
        results.append(_result("start", 0, 0, weigh("start"), ()))
        for size in _numbers(sizes):
            results += _chain(place / str(size), size, seed=seed, defects=defects, repeat=repeat)
        for size in _numbers(large):
            lines = _generate(place / str(size), size, "nquads", results, seed=seed)
            results += _loading(place / str(size), size, lines, repeat=1)
    finally:
        shutil.rmtree(place)
    report = {
        "machine": started,
        "results": [asdict(result) for result in results],
        "ratios": ratios(results),
        "growth": growth(results),
        "aims": aims(results),
    }
    _show(results, report)
    if output is not None:
        output.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number]


def _chain(place: Path, size: int, *, seed: int, defects: int, repeat: int) -> list[Result]:
    """Everything at one size: build from claims, validation with planned defects, loading and sealing."""
    results: list[Result] = []
    lines = _generate(place, size, "both", results, seed=seed)
    graph, data = place / "graph", place / "built"
    cost = weigh("build", graph, data)
    results.append(_result("build", size, cost.said["quads"], cost, [data]))
    shutil.rmtree(data)
    shutil.rmtree(graph)
    flawed = place / "flawed"
    _generate(flawed, size, "nquads", [], seed=seed, defects=min(0.001, defects / size))
    cost = weigh("validate", flawed / "quads.nq")
    with (flawed / "expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = {(row["code"], row["focus"]) for row in csv.DictReader(stream)}
    found = {(code, focus) for code, focus in cost.said.pop("found")}
    cost.said.update(
        expected=len(expected), missing=sorted(expected - found)[:20], surplus=sorted(found - expected)[:20]
    )
    results.append(_result("validate", size, cost.said["quads"], cost, ()))
    shutil.rmtree(flawed)
    return results + _loading(place, size, lines, repeat=repeat)


def _generate(place: Path, size: int, form: str, results: list[Result], *, seed: int, defects: float = 0.0) -> Path:
    cost = weigh("generate", str(size), str(seed), str(defects), form, place)
    lines = place / "quads.nq"
    results.append(_result("generate", size, cost.said["quads"], cost, [lines]))
    return lines


def _loading(place: Path, size: int, lines: Path, *, repeat: int) -> list[Result]:
    """The bare engine and our own sealing, in turn on the same file."""
    runs: dict[str, list[Result]] = {"raw": [], "publish": []}
    with lines.open("rb") as stream:
        quads = sum(1 for _ in stream)
    for _ in range(repeat):
        for step, of_step in runs.items():
            target = place / step
            cost = weigh(step, lines, target)
            of_step.append(_result(step, size, quads, cost, [target]))
            shutil.rmtree(target)
    lines.unlink()
    return [min(of_step, key=lambda result: result.wall) for of_step in runs.values()]


def _result(step: str, size: int, quads: int, cost: Cost, left: Any) -> Result:
    return Result(step, size, quads, cost.wall, cost.cpu, cost.peak, on_disk(left), cost.said)


def _show(results: list[Result], report: dict[str, Any]) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=140)
    table = Table(*("step", "size", "quads", "wall s", "CPU s", "peak MB", "disk MB", "quads/s"), title="Costs")
    for row in results:
        table.add_row(
            *(row.step, f"{row.size:,}", f"{row.quads:,}", f"{row.wall:.2f}", f"{row.cpu:.2f}"),
            *(f"{row.peak / 1e6:.0f}", f"{row.disk / 1e6:.1f}", f"{row.quads / row.wall:,.0f}"),
        )
    console.print(table)
    for name in ("ratios", "growth", "aims"):
        rows = report[name]
        if rows:
            table = Table(*rows[0], title=name.capitalize())
            for row in rows:
                table.add_row(*(f"{cell:.3g}" if isinstance(cell, float) else str(cell) for cell in row.values()))
            console.print(table)


if __name__ == "__main__":
    main()
