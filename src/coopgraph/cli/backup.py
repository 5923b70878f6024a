"""`coopgraph backup`: releases in one file, also while the service runs."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from coopgraph import settings
from coopgraph.cli import options, patience
from coopgraph.release.backup import back_up
from coopgraph.release.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


@click.command("backup")
@click.argument("file", type=options.FILE)
@click.option("--all", "every", is_flag=True, help="All releases and not only one.")
@options.data
@options.release
def command(*, file: Path, every: bool, data: Path | None, number: int | None) -> None:
    """Write the current release into a new FILE, a tar archive with checksums; .tar.gz and .tar.xz are compressed."""
    if every and number is not None:
        raise click.UsageError("Either all releases or one.")
    shelf = Shelf(settings.load({"data": data}).data)
    numbers = shelf.numbers() if every else None if number is None else (number,)
    with patience.bar("Backing up"):
        manifests = back_up(shelf, file, numbers, say=_log.debug)
    for manifest in manifests:
        click.echo(f"Release {manifest.number}, digest {manifest.digest}")
