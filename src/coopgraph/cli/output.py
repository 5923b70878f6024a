"""Hand over what a verb has made: to a file in one step, or to standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coopgraph.errors import CoopgraphError
from coopgraph.release import durable

if TYPE_CHECKING:
    from pathlib import Path


def deliver(content: bytes, path: Path | None) -> None:
    """Write the content to the file, which is either the old one or whole at every moment; without one to stdout.

    Raises:
        CoopgraphError: "storage" if the file cannot be written; then nothing has changed.
    """
    if path is None:
        click.echo(content, nl=False)
        return
    try:
        durable.replace(path, content)
    except OSError as error:
        raise CoopgraphError("storage", f"{path} cannot be written: {error.strerror or error}.") from error
