"""Hand over what a verb has made: to a file in one step, or to standard output, as bytes or as tables for people."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from coopgraph.errors import CoopgraphError

_BLOCK: Final = 1 << 20


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


def hand_over(made: Path, path: Path | None) -> None:
    """The same for content that is a file already, in the directory of `path` if that is a file: it is moved there.

    Raises:
        CoopgraphError: "storage" if the file cannot be written; then nothing has changed.
    """
    if path is None or path == Path("-"):
        stdout = sys.stdout.buffer
        with made.open("rb") as content:
            while part := content.read(_BLOCK):
                stdout.write(part)
        stdout.flush()
        return
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            with made.open("rb") as content, target.open("wb") as stream:
                shutil.copyfileobj(content, stream, _BLOCK)
        else:
            if target.exists():
                made.chmod(target.stat().st_mode)
            made.replace(target)
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
