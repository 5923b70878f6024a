"""`coopgraph report`: reports computed from a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coopgraph import settings
from coopgraph.cli import options
from coopgraph.cli.output import deliver
from coopgraph.network import catalogue, extract
from coopgraph.network.report import RENDERINGS, Source
from coopgraph.network.report import centrality as compute
from coopgraph.release import source

if TYPE_CHECKING:
    from pathlib import Path


@click.group("report")
def command() -> None:
    """Compute a report from a release; the same release gives the same bytes."""


@command.command("centrality")
@click.option(
    "--projection", type=click.Choice(list(catalogue.PROJECTIONS)), default=catalogue.DEFAULT.name, show_default=True
)
@click.option("-f", "--format", "form", type=click.Choice(list(RENDERINGS)), default="markdown", show_default=True)
@click.option("--top", type=click.IntRange(min=1), help="List only ranks up to this one, by the measure of the order.")
@options.output
@options.release
@options.data
@options.store
def centrality(
    *,
    projection: str,
    form: str,
    top: int | None,
    output: Path | None,
    number: int | None,
    data: Path | None,
    store: str | None,
) -> None:
    """Who is central in the network of a projection, by several measures, and how far that holds."""
    chosen = settings.load({"data": data, "store": store})
    with source.once(chosen) as at, at.shelf.open(number) as release:
        manifest = release.manifest
        wanted = catalogue.projection(projection)
        found = extract.incidence(release.reader, wanted, base=manifest.base)
        report = compute(found, wanted, Source(manifest.number, manifest.digest, manifest.base), top=top)
    deliver(RENDERINGS[form].render(report).encode(), output)
