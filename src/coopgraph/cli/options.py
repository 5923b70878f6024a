"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

DIRECTORY: Final = click.Path(path_type=Path, file_okay=False)
FILE: Final = click.Path(path_type=Path, dir_okay=False)

data = click.option("--data", type=DIRECTORY, help="Directory of the releases.")
documents = click.option("--documents", type=DIRECTORY, help="Directory of the source documents, if you have them.")
gate = click.option("--gate", type=click.Choice(["shacl", "none"]), help="By what changes are judged from now on.")
output = click.option("-o", "--output", type=FILE, help="Write to this file instead of standard output.")
release = click.option("--release", "number", type=int, help="Number of the release; without it the current one.")
store = click.option("--store", metavar="URL", help="Address of a SPARQL 1.1 service instead of the data directory.")
