"""`python -m tests.bench.networks`: what measures and communities cost, beside networkx, igraph and rustworkx.

All libraries get the same ties in the same run, each task a process of its own. CPU seconds are compared, since the
machine may be shared: ours include making matrices and graphs, those of the others do not. A task that takes more than
the limit is ended, and its ratio is a lower bound.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from tests.bench import machine
from tests.bench.meter import ROOT
from tests.bench.networks.invented import invented
from tests.bench.networks.steps import LIBRARIES

PACKAGES: Final = ("networkx", "igraph", "rustworkx", "networkit", "numpy", "scipy")
# What is to be reached at a million ties: the ratio to networkx, or seconds of CPU.
RATIOS: Final = {"pagerank": 30, "core": 10, "communities": 10}
SECONDS: Final = {"betweenness within 0.01, equal ties": 30, "betweenness within 0.02, by distance": 30}
MEMORY: Final = 4_000_000_000


@click.command()
@click.option("--ties", default="10000,100000,1000000", show_default=True, help="Numbers of ties.")
@click.option("--others", default=1_000_000, show_default=True, help="Ties up to which the other libraries run too.")
@click.option("--limit", default=600, show_default=True, help="CPU seconds after which a task is ended.")
@click.option("--repeat", default=1, show_default=True, help="Runs of each task; the best counts.")
@click.option("--tasks", default="", help="Names of tasks, by semicolons, if not all.")
@click.option("--seed", default=7, show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the results as JSON.")
def main(*, ties: str, others: int, limit: int, repeat: int, tasks: str, seed: int, output: Path | None) -> None:
    """Measure, print tables, and write everything as JSON."""
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="coopgraph-bench-") as place:
        for size in (int(number) for number in ties.split(",")):
            file = Path(place) / "ties.npz"
            network = invented(size, seed=seed)
            np.savez(file, n=network.n, source=network.source, target=network.target, strength=network.strengths.values)
            del network
            for library, (_, offered) in LIBRARIES.items():
                wanted = [task for task in offered if not tasks or task in tasks.split(";")]
                for task in wanted if library == "coopgraph" or size <= others else ():
                    runs = [_run(library, task, file, limit) for _ in range(repeat)]
                    results.append(
                        {"ties": size, "library": library, "task": task} | min(runs, key=lambda run: run["cpu"])
                    )
                    click.echo(json.dumps(results[-1]), err=True)
    report = {
        "machine": machine.describe() | {"packages": {name: version(name) for name in PACKAGES}},
        "python": platform.python_version(),
        "results": results,
        "aims": aims(results),
    }
    _show(results, report)
    if output is not None:
        output.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def _run(library: str, task: str, file: Path, limit: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.networks.steps", library, task, str(file), str(limit)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode < 0:
        return {"build": 0.0, "cpu": float(limit), "peak": 0, "said": {}, "ended": True}
    if done.returncode:
        raise click.ClickException(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout) | {"ended": False}
    return found


def aims(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was to be reached, what was, and whether that is enough; only for sizes that were measured."""
    cost = {(row["ties"], row["library"], row["task"]): row for row in results}
    found = []
    for task, least in RATIOS.items():
        own, other = (cost.get((1_000_000, library, task)) for library in ("coopgraph", "networkx"))
        if own and other:
            ratio = other["cpu"] / own["cpu"]
            found.append({"aim": f"{task}: {least} times networkx", "reached": ratio, "met": ratio >= least})
    for task, most in SECONDS.items():
        own = cost.get((1_000_000, "coopgraph", task))
        if own:
            met = own["cpu"] < most and not own["ended"]
            found.append({"aim": f"{task}: under {most} s", "reached": own["cpu"], "met": met})
    large = [row["peak"] for row in results if row["library"] == "coopgraph" and row["ties"] == 10_000_000]
    if large:
        found.append({"aim": "peak memory at 10 M ties, GB", "reached": max(large) / 1e9, "met": max(large) < MEMORY})
    return found


def _show(results: list[dict[str, Any]], report: dict[str, Any]) -> None:
    console = Console(width=140)
    for size in sorted({row["ties"] for row in results}):
        own = {row["task"]: row["cpu"] for row in results if row["ties"] == size and row["library"] == "coopgraph"}
        table = Table("library", "task", "graph s", "task s", "times ours", "peak MB", "said", title=f"{size:,} ties")
        for row in results:
            if row["ties"] == size:
                ratio = row["cpu"] / own[row["task"]] if own.get(row["task"]) else float("nan")
                more = ">" if row["ended"] else ""
                table.add_row(
                    row["library"],
                    row["task"],
                    f"{row['build']:.2f}",
                    f"{more}{row['cpu']:.3f}",
                    f"{more}{ratio:.1f}",
                    f"{row['peak'] / 1e6:,.0f}",
                    json.dumps(row["said"]),
                )
        console.print(table)
    for aim in report["aims"]:
        console.print(f"{'met' if aim['met'] else 'MISSED'}: {aim['aim']}: {aim['reached']:.1f}")


if __name__ == "__main__":
    main()
