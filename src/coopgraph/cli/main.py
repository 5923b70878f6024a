"""The command `coopgraph` itself: its verbs, its common options and what becomes of errors."""

from __future__ import annotations

import importlib
import logging
import sys
from typing import Final

import click

from coopgraph import __version__, errors

# Verbs are imported when they are called: `coopgraph query` should not wait for the report's libraries.
VERBS: Final = {
    "build": "build",
    "coverage": "coverage",
    "export": "export",
    "query": "query",
    "release": "release",
    "report": "report",
    "serve": "serve",
    "validate": "validate",
    "why": "why",
}


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
    try:
        status = root.main(args=arguments, prog_name="coopgraph", standalone_mode=False)
    except errors.CoopgraphError as error:
        _tell(error)
        status = error.kind.exit
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        status = errors.COULD_NOT_RUN
    except click.ClickException as error:
        error.show(file=sys.stderr)
        status = errors.USAGE
    except BrokenPipeError:
        # Whoever read our output has closed it, as `head` does; there is nobody left to tell.
        sys.stderr.close()
        status = 0
    except OSError as error:
        click.echo(f"coopgraph: {error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True)
        status = errors.COULD_NOT_RUN
    sys.exit(status if isinstance(status, int) else 0)


def _tell(error: errors.CoopgraphError) -> None:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    place = f" (line {error.line}, column {error.column})" if error.line else ""
    click.echo(f"coopgraph: {error.detail}{place}" + (f" {error.remedy}" if error.remedy else ""), err=True)
