"""`coopgraph restore`: the releases of a backup, put into an empty place."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from coopgraph import settings
from coopgraph.cli import options, patience
from coopgraph.release.backup import restore
from coopgraph.release.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


@click.command("restore")
@click.argument("file", type=options.FILE)
@options.data
def command(*, file: Path, data: Path | None) -> None:
    """Put the releases of a backup FILE into a data directory that has none, each verified against its digests."""
    shelf = Shelf(settings.load({"data": data}).data)
    with patience.bar("Restoring"):
        manifests = restore(file, shelf, say=_log.debug)
    for manifest in manifests:
        click.echo(f"Release {manifest.number}, digest {manifest.digest}")
