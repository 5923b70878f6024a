"""What `load` and `update` have in common: the change made, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coopgraph import terms
from coopgraph.cli import patience
from coopgraph.release.change import change
from coopgraph.release.passage import RefusedError
from coopgraph.release.shelf import Shelf
from coopgraph.validate.rendering import human

if TYPE_CHECKING:
    from coopgraph.release.edit import Edit
    from coopgraph.settings import Settings


def carry_out(edit: Edit, chosen: Settings, what: str) -> None:
    """Make the change in the data directory and say what came of it; a refused one is told by its report.

    Raises:
        CoopgraphError: "not-conformant" if the gate refuses, and whatever else `change` raises.
    """
    shelf = Shelf(chosen.data)
    with patience.bar(what):
        try:
            changed = change(shelf, edit, keep=chosen.releases_kept)
        except RefusedError as error:
            manifest = shelf.current()
            click.echo(terms.rebase(human(error.verdict), terms.BASE if manifest is None else manifest.base))
            raise
    if not changed.added and not changed.removed:
        click.echo(f"Release {changed.number} says so already.")
        return
    click.echo(
        f"Release {changed.number}: {changed.added} quads added, {changed.removed} removed, digest {changed.digest}"
    )
