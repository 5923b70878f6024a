"""`python -m tests.bench.projections`: what it costs to get from a release to arrays, by size, data and projection.

Two kinds of data: the invented world of `tests.bench.generate`, as graphs are, and one of nothing but participations
(`tests.bench.meetings`), the most that a graph of this size can hold. Each measurement runs in a process of its own.
What counts is CPU seconds, those of starting Python included.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from tests.bench import machine
from tests.bench.meter import weigh

# From a release to arrays: CPU seconds at most, by the size in quads.
AIMS = {1_000_000: 5.0, 10_000_000: 60.0}
ALL = "co-participation,actor-event,co-signature,partnership,representation-and-membership,person-organisation,\
organisation-topic,framework-topic,document-actor,countries,co-participation-prospective"


@click.command()
@click.option("--sizes", default="1000000", show_default=True, help="Sizes in quads, by commas.")
@click.option("--data", default="world,meetings", show_default=True, help="Kinds of data, by commas.")
@click.option("--projections", default=ALL, show_default=True, help="Projections, by commas.")
@click.option("--seed", default=7, show_default=True)
@click.option(
    "--workspace", type=click.Path(path_type=Path), help="Where the data go; without it a temporary directory."
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write JSON here, not out.")
def main(*, sizes: str, data: str, projections: str, seed: int, workspace: Path | None, output: Path | None) -> None:
    """Measure, print a table, and write everything as JSON."""
    place = Path(tempfile.mkdtemp(prefix="coopgraph-bench-", dir=workspace))
    results: list[dict[str, Any]] = []
    try:
        for size in map(int, sizes.split(",")):
            for kind in data.split(","):
                store = place / f"{kind}-{size}"
                weigh("store_of", kind, str(size), str(seed), store)
                for name in projections.split(","):
                    cost = weigh("project", store, name)
                    results.append(
                        {
                            "data": kind,
                            "size": size,
                            "projection": name,
                            "cpu": cost.cpu,
                            "peak": cost.peak,
                            "aim": AIMS.get(size),
                            **cost.said,
                        }
                    )
                    _show(results[-1])
                shutil.rmtree(store)
    finally:
        shutil.rmtree(place)
    report = json.dumps({"machine": machine.describe(), "results": results}, indent=1) + "\n"
    if output is None:
        sys.stdout.write(report)
    else:
        output.write_text(report, encoding="utf-8")


def _show(row: dict[str, Any]) -> None:
    table = Table(*row)
    table.add_row(*(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row.values()))
    Console(stderr=True, width=170).print(table)


if __name__ == "__main__":
    main()
