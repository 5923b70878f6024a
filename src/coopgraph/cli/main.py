"""The command `coopgraph` itself: its verbs, its common options and what becomes of errors."""

from __future__ import annotations

import importlib
import io
import logging
import signal
import sys
from typing import Any, Final

import click

from coopgraph import __version__, errors
from coopgraph.cli import streams

# Verbs are imported when they are called: `coopgraph query` should not wait for the report's libraries.
VERBS: Final = {
    "backup": "backup",
    "build": "build",
    "coverage": "coverage",
    "export": "export",
    "load": "load",
    "query": "query",
    "release": "release",
    "report": "report",
    "restore": "restore",
    "serve": "serve",
    "spark": "spark",
    "update": "update",
    "validate": "validate",
    "why": "why",
}

_log = logging.getLogger(__name__)


class OutputClosedError(Exception):
    """Whoever read our output has closed it, as `head` does. No OSError, of which click makes an exit status of 1."""


class Verbs(click.Group):
    """The group of all verbs; each module of this package named in `VERBS` holds one as `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all verbs."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of this name, imported now."""
        if cmd_name not in VERBS:
            return None
        command = importlib.import_module(f"coopgraph.cli.{VERBS[cmd_name]}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"coopgraph.cli.{VERBS[cmd_name]} holds no command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise OutputClosedError from error


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coopgraph")
@click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
@click.option("-v", "--verbose", count=True, help="Say more about what is done.")
def root(*, quiet: bool, verbose: int) -> None:
    """A knowledge graph on international cooperation in which every fact leads to the passage that says it."""
    level = logging.ERROR if quiet else (logging.DEBUG if verbose else logging.INFO)
    logging.basicConfig(level=level, stream=sys.stderr, format="%(message)s", force=True)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and end the process: 0 done, 1 found problems, 2 usage, 3 could not run."""
    streams.reopen()
    try:
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            # From here on an interrupt is told in words.
            signal.signal(signal.SIGINT, signal.default_int_handler)
        status = root.main(args=arguments, prog_name="coopgraph", standalone_mode=False)
    except errors.CoopgraphError as error:
        _tell(error)
        status = error.kind.exit
    except (click.exceptions.Abort, KeyboardInterrupt):
        streams.tell("Stopped.")
        status = errors.COULD_NOT_RUN
    except click.ClickException as error:
        streams.tell(_usage(error))
        status = errors.USAGE
    except OutputClosedError:
        streams.abandon()
        status = 0
    except OSError as error:
        streams.tell(f"coopgraph: {error.strerror or error}: {error.filename or ''}".rstrip(": "))
        streams.abandon()
        status = errors.COULD_NOT_RUN
    except Exception as error:
        # A mistake of ours. What helps to find it is for those who ask for it.
        _log.debug("Where it happened:", exc_info=error)
        streams.tell(f"coopgraph: Something went wrong inside: {type(error).__name__}: {error}.")
        status = errors.COULD_NOT_RUN
    sys.exit(status if isinstance(status, int) else 0)


def _tell(error: errors.CoopgraphError) -> None:
    place = f" (line {error.line}, column {error.column})" if error.line else ""
    sentence = f"coopgraph: {error.detail}{place}" + (f" {error.remedy}" if error.remedy else "")
    streams.tell("\n".join((*map(str, error.problems), sentence)))


def _usage(error: click.ClickException) -> str:
    shown = io.StringIO()
    error.show(file=shown)
    return shown.getvalue().rstrip("\n")
