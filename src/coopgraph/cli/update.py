"""`coopgraph update`: a SPARQL update of a dataset, through its gate."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from coopgraph import settings
from coopgraph.cli import changing, options
from coopgraph.errors import CoopgraphError
from coopgraph.release.edit import Update
from coopgraph.sparql.policy import admit_update


@click.command("update")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@options.data
def command(*, file: Path, data: Path | None) -> None:
    """Carry out the SPARQL update in FILE, all or nothing, and make the result the current release.

    `-` is standard input. LOAD and SERVICE are refused. A change that the shapes do not let pass is refused with the
    report, and the exit status is 1.
    """
    text, base = _read(file)
    admit_update(text)
    changing.carry_out(Update(text, base), settings.load({"data": data}), "Updating")


def _read(file: Path) -> tuple[str, str | None]:
    try:
        if file == Path("-"):
            return sys.stdin.buffer.read().decode(), None
        return file.read_text(encoding="utf-8"), file.resolve().as_uri()
    except FileNotFoundError as error:
        raise CoopgraphError("not-found", f"There is no file {file}.") from error
    except UnicodeDecodeError as error:
        raise CoopgraphError("syntax", f"{file} is not UTF-8.") from error
