"""The three standard streams where somebody has closed them, before the start or while we write."""

from __future__ import annotations

import os
import sys

import click


def reopen() -> None:
    """Give each stream that was closed before the start a place of its own.

    Otherwise the next file that is opened would become standard output and be written over. Reading finds nothing,
    messages go nowhere, and data cannot be written: that is told, since it would be lost without a word.
    """
    for descriptor, use in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            # The lowest free number is taken: this one, since all below are open.
            os.set_inheritable(os.open(os.devnull, use), True)
    if sys.stdin is None:
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)


def tell(message: str) -> None:
    """Write a message for people, if anybody can still read it."""
    try:
        click.echo(message, err=True)
    except OSError:
        abandon()


def abandon() -> None:
    """Let what is still to be written go nowhere: nobody reads it, and its failure would be told at the very end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
