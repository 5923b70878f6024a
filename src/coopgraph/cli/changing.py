"""What `load` and `update` have in common: the change made, and told."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import click

from coopgraph import terms
from coopgraph.cli import patience
from coopgraph.release import begin
from coopgraph.release.change import change
from coopgraph.release.passage import RefusedError
from coopgraph.release.shelf import Shelf
from coopgraph.validate.rendering import human

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgraph.release.edit import Edit
    from coopgraph.settings import Settings


@contextlib.contextmanager
def reporting(shelf: Shelf) -> Iterator[None]:
    """What the gate refuses inside is told by its report on standard output, before the error itself goes on."""
    try:
        yield
    except RefusedError as error:
        manifest = shelf.current()
        click.echo(terms.rebase(human(error.verdict), terms.BASE if manifest is None else manifest.base))
        raise


def ensure_gate(shelf: Shelf, gate: str) -> None:
    """See to it that the dataset has this gate, and say so if it is new; see `begin.ensure_gate`.

    Raises:
        CoopgraphError: what `begin.ensure_gate` raises; a refused dataset is told by its report.
    """
    with reporting(shelf):
        if begin.ensure_gate(shelf, gate):
            click.echo(
                f"Release {shelf.current_number()}: all of it conforms, and changes are judged from now on.", err=True
            )


def carry_out(edit: Edit, chosen: Settings, what: str) -> None:
    """Make the change in the data directory and say what came of it; a refused one is told by its report.

    Raises:
        CoopgraphError: "not-conformant" if the gate refuses, and whatever else `change` raises.
    """
    shelf = Shelf(chosen.data)
    with patience.bar(what), reporting(shelf):
        changed = change(shelf, edit, keep=chosen.releases_kept)
    if not changed.added and not changed.removed:
        click.echo(f"Release {changed.number} says so already.")
        return
    click.echo(
        f"Release {changed.number}: {changed.added} quads added, {changed.removed} removed, digest {changed.digest}"
    )
