"""`python -m tests.bench.service`: answers a second and their cost, side by side with other servers."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import httpx
import platformdirs
from rich.console import Console
from rich.table import Table

from tests.bench import machine
from tests.bench.meter import weigh
from tests.bench.service.load import once, throughput, warm
from tests.bench.service.queries import Workload, workload
from tests.bench.service.servers import BARE, Server, Site, free_port, kinds, running

Row = dict[str, Any]


@click.command()
@click.option("--sizes", default="1000000,10000000", show_default=True, help="Sizes of the invented data, in quads.")
@click.option("--connections", default="1,16,64", show_default=True)
@click.option("--seconds", default=6, show_default=True, help="How long each load is put on.")
@click.option("--passes", default=2, show_default=True, help="How often each load is put on; the best counts.")
@click.option("--seed", default=7, show_default=True)
@click.option("--only", default="", help="Names of servers, by semicolon; without it all there are.")
@click.option("--analytic/--no-analytic", default=True, help="Ask the twenty analytic queries too.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Where the data go; without it a temporary place.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the results as JSON.")
def main(
    *,
    sizes: str,
    connections: str,
    seconds: int,
    passes: int,
    seed: int,
    only: str,
    analytic: bool,
    workspace: Path | None,
    output: Path | None,
) -> None:
    """Measure, print tables of ratios, and write everything as JSON."""
    described = machine.describe() | {"wrk": "one thread", "seconds": seconds, "passes": passes}
    place = Path(tempfile.mkdtemp(prefix="coopgraph-bench-", dir=workspace))
    wanted = [name.strip() for name in only.split(";") if name.strip()]
    loads: list[Row] = []
    singles: list[Row] = []
    try:
        for size in map(int, sizes.split(",")):
            home = place / str(size)
            weigh("generate", str(size), str(seed), "0", "nquads", home)
            asked = workload(home / "quads.nq", seed=seed)
            for kind in kinds(platformdirs.user_cache_path("coopgraph-bench")):
                if size > kind.largest or (wanted and kind.name not in wanted):
                    continue
                click.echo(f"{size:,}: {kind.name}", err=True)
                at = home / kind.name.replace(" ", "-").replace(",", "")
                at.mkdir()
                site = Site(home / "quads.nq", at, free_port())
                kind.prepare(site)
                try:
                    with running(kind, site) as server:
                        for count in map(int, connections.split(",")):
                            loads += _loads(server, asked, at, size, count, seconds=seconds, passes=passes)
                        if analytic:
                            singles += _singles(server, asked, size)
                except RuntimeError as error:
                    # The others are still worth measuring.
                    click.echo(str(error), err=True)
                shutil.rmtree(at)
            shutil.rmtree(home)
    finally:
        shutil.rmtree(place)
    _ratios(loads)
    _show(loads, singles)
    if output is not None:
        report = {"machine": described, "throughput": loads, "analytic": singles}
        output.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def _loads(
    server: Server, asked: Workload, at: Path, size: int, connections: int, *, seconds: int, passes: int
) -> list[Row]:
    rows: list[Row] = []
    for name, queries in (("point", asked.point), ("mid", asked.mid)):
        warm(server, queries[:100])
        best = max(
            (throughput(server, queries, at, connections=connections, seconds=seconds) for _ in range(passes)),
            key=lambda one: one.rate,
        )
        rows.append(
            {"size": size, "server": server.name, "query": name, "connections": connections}
            | asdict(best)
            | {"resident": server.resident()}
        )
    return rows


def _singles(server: Server, asked: Workload, size: int) -> list[Row]:
    rows: list[Row] = []
    with httpx.Client() as client:
        for name, query in asked.analytic.items():
            row: Row = {"size": size, "server": server.name, "query": name}
            try:
                row |= asdict(min((once(client, server, query) for _ in range(2)), key=lambda one: one.wall))
            except httpx.HTTPError as error:
                row["failed"] = str(error)
            rows.append(row)
    return rows


def _ratios(loads: list[Row]) -> None:
    """Add to each row its rate over that of the bare engine's own server for the same load."""
    for row in loads:
        same = [
            other["rate"]
            for other in loads
            if other["server"] == BARE and all(other[key] == row[key] for key in ("size", "query", "connections"))
        ]
        row["ratio"] = row["rate"] / same[0] if same and same[0] else None


def _show(loads: list[Row], singles: list[Row]) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=150)
    heads = ("quads", "query", "clients", "server", "answers/s", "ratio", "p50 ms", "p99 ms", "CPU ms", "errors", "MB")
    table = Table(*heads, title=f"Answers a second; ratio to {BARE}")
    for row in sorted(loads, key=lambda row: (row["size"], row["query"], row["connections"])):
        table.add_row(
            *(f"{row['size']:,}", row["query"], str(row["connections"]), row["server"], f"{row['rate']:,.0f}"),
            *("–" if row["ratio"] is None else f"{row['ratio']:.2f}", f"{row['p50']:.2f}", f"{row['p99']:.2f}"),
            *(f"{row['cpu']:.3f}", str(row["errors"]), f"{row['resident'] / 1e6:.0f}"),
        )
    console.print(table)
    servers = list(dict.fromkeys(row["server"] for row in singles))
    for size in dict.fromkeys(row["size"] for row in singles):
        table = Table("query", *servers, title=f"Analytic queries at {size:,} quads: ms until answered (CPU ms)")
        for name in dict.fromkeys(row["query"] for row in singles):
            table.add_row(name, *(_single(singles, size, name, server) for server in servers))
        console.print(table)


def _single(singles: list[Row], size: int, name: str, server: str) -> str:
    for row in singles:
        if (row["size"], row["query"], row["server"]) == (size, name, server):
            return "failed" if "failed" in row else f"{row['wall']:.1f} ({row['cpu']:.0f})"
    return "–"


if __name__ == "__main__":
    main()
