"""`coopgraph release push`: a release goes to a remote store."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Final

import click

from coopgraph import settings
from coopgraph.cli import options
from coopgraph.errors import CoopgraphError
from coopgraph.release import remote_push
from coopgraph.release.shelf import Shelf
from coopgraph.store.remote.reader import RemoteStore
from coopgraph.store.remote.service import RemoteService

if TYPE_CHECKING:
    from pathlib import Path

_log: Final = logging.getLogger(__name__)


@click.command("push")
@click.argument("number", type=int, required=False)
@options.store
@click.option("--keep", type=click.IntRange(min=1), help="Remove all but so many of the newest there.")
@options.data
def command(*, number: int | None, store: str | None, keep: int | None, data: Path | None) -> None:
    """Send a release, without NUMBER the current one, to a SPARQL service and make it current there.

    Readers of the service see the whole release at once, after its quads were counted; until then they see the one
    before. The addresses for updates and graphs, and the credentials, come from the settings store_update,
    store_graphs, store_user, store_password and store_token.
    """
    chosen = settings.load({"data": data, "store": store})
    if not chosen.store:
        raise CoopgraphError("settings", "No store is named.", remedy="Give --store URL or COOPGRAPH_STORE.")
    with (
        Shelf(chosen.data).open(number) as release,
        contextlib.closing(RemoteStore(RemoteService.of(chosen), connections=2)) as remote,
    ):
        entry = remote_push.push(remote, release, say=_log.info)
        click.echo(f"Release {entry.manifest.number} is current at the store.")
        gone = () if keep is None else remote_push.prune(remote, keep)
    if gone:
        click.echo(f"Removed there: {', '.join(map(str, gone))}.")
