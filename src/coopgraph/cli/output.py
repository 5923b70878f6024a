"""Hand over what a verb has made: to a file in one step, or to standard output, as bytes or as tables for people."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

import click
from rich.console import Console

from coopgraph.errors import CoopgraphError


class Display(Console):
    """Text and tables for people. What they show is data: brackets and colons in it mean nothing but themselves."""

    def __init__(self, *, soft_wrap: bool = False) -> None:
        super().__init__(soft_wrap=soft_wrap, highlight=False, markup=False, emoji=False)
        if not self.is_terminal:
            # A pipe has no width: what would be folded for a screen must stay on one line there.
            self.width = 10_000

    def on_broken_pipe(self) -> None:
        """Leave it to the command, which knows the exit status; rich would make it 1."""
        raise BrokenPipeError


def deliver(content: bytes, path: Path | None) -> None:
    """Write the content to the file, which is either the old one or whole at every moment; else to standard output.

    Standard output is also meant by `-`. What is no file, such as a device or a pipe, is written to as it is.

    Raises:
        CoopgraphError: "storage" if the file cannot be written; then nothing has changed.
    """
    if path is None or path == Path("-"):
        click.echo(content, nl=False)
        return
    # A link stays a link: its target is what is written.
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.write(content)
        else:
            _replace(target, content)
    except OSError as error:
        raise CoopgraphError("storage", f"{path} cannot be written: {error.strerror or error}.") from error


def _replace(target: Path, content: bytes) -> None:
    temporary = target.with_name(f".coopgraph-{secrets.token_hex(8)}")
    try:
        # An old file keeps its rights; a new one gets those that the user gives to all new files.
        with temporary.open("xb") as stream:
            if target.exists():
                temporary.chmod(target.stat().st_mode)
            stream.write(content)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
