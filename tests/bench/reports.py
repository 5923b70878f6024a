"""`python -m tests.bench.reports`: what a whole centrality report costs on a large network, its bootstraps among it.

The data are nothing but participations (`tests.bench.meetings`), the most ties that a graph of a size can hold.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from tests.bench import machine, meetings
from tests.bench.meter import weigh


@click.command()
@click.option("--quads", default=1_000_000, show_default=True)
@click.option("--rounds", default=200, show_default=True, help="Rounds of each bootstrap.")
@click.option("--seed", default=7, show_default=True)
@click.option(
    "--workspace", type=click.Path(path_type=Path), help="Where the data go; without it a temporary directory."
)
def main(*, quads: int, rounds: int, seed: int, workspace: Path | None) -> None:
    """Make a release, report on it, and print JSON."""
    with tempfile.TemporaryDirectory(prefix="coopgraph-bench-", dir=workspace) as made:
        place = Path(made)
        meetings.write(quads, place / "quads.nq", seed=seed)
        weigh("publish", place / "quads.nq", place / "data")
        cost = weigh("report", place / "data", str(rounds), place / "report.json")
    json.dump({"machine": machine.describe(), "quads": quads, **asdict(cost)}, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
