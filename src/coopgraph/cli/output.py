"""Hand over what a verb has made: to a file in one step, or to standard output."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from coopgraph.errors import CoopgraphError


def deliver(content: bytes, path: Path | None) -> None:
    """Write the content to the file, which is either the old one or whole at every moment; without one to stdout.

    Raises:
        CoopgraphError: "storage" if the file cannot be written; then nothing has changed.
    """
    if path is None:
        click.echo(content, nl=False)
        return
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            temporary = Path(stream.name)
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise CoopgraphError("storage", f"{path} cannot be written: {error.strerror or error}.") from error
