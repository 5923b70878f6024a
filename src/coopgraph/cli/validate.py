"""`coopgraph validate`: SHACL and checks on a release or on files."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Final

import click
from pyoxigraph import Quad, RdfFormat, parse, serialize

from coopgraph import settings, terms
from coopgraph.cli import options
from coopgraph.errors import CoopgraphError
from coopgraph.model.problem import Problem
from coopgraph.release.shelf import Shelf
from coopgraph.validate import rendering, report
from coopgraph.validate.gate import judge_alone

_RENDERINGS: Final = {"human": rendering.human, "json": rendering.as_json, "turtle": report.as_turtle}
DEPTH: Final = 500
"""How deep JSON-LD may be nested. The parser follows it on its stack, whose end would be the end of the command."""

_BRACKETS: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{\]}]', re.DOTALL)
_EXISTING: Final = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command("validate")
@click.argument("files", nargs=-1, type=_EXISTING, metavar="[FILE]...")
@click.option("--shapes", type=_EXISTING, help="Shapes in Turtle; without it those of the data, or the shipped ones.")
@options.data
@options.release
@click.option("-f", "--format", "form", type=click.Choice(list(_RENDERINGS)), default="human", show_default=True)
def command(*, files: tuple[Path, ...], shapes: Path | None, data: Path | None, number: int | None, form: str) -> None:
    """Validate FILEs, together, or the current release if there are none.

    Files may be Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD. The exit status is 1 if there are violations
    or warnings; notes are only work to do.
    """
    if files and number is not None:
        raise click.UsageError("Either files are validated or a release.")
    chosen = settings.load({"data": data})
    used = None if shapes is None else [quad.triple for quad in _read(shapes, RdfFormat.TURTLE)]
    if files:
        base = chosen.base_iri
        quads = _in_default_base([quad for file in files for quad in _read(file, _form(file))], base)
    else:
        with Shelf(chosen.data).open(number) as release:
            base = release.manifest.base
            quads = list(release.quads())
    verdict = judge_alone(quads, shapes=used)
    click.echo(terms.rebase(_RENDERINGS[form](verdict), base))
    if verdict.violations or verdict.warnings:
        raise click.exceptions.Exit(1)


def _form(file: Path) -> RdfFormat:
    form = RdfFormat.from_extension(file.suffix.lstrip("."))
    if form is None:
        raise CoopgraphError("media-type", f"{file} has no ending of an RDF format.", remedy="Use .ttl, .nt, .trig, …")
    return form


def _in_default_base(quads: list[Quad], base: str) -> list[Quad]:
    """What was exported with another base, as shapes and checks know it."""
    if base == terms.BASE:
        return quads
    text = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()
    return list(parse(text.replace(base, terms.BASE), format=RdfFormat.N_QUADS))


def _read(file: Path, form: RdfFormat) -> list[Quad]:
    if form == RdfFormat.JSON_LD and _depth(file.read_bytes()) > DEPTH:
        raise CoopgraphError("too-large", f"{file} is nested more than {DEPTH} levels deep.")
    try:
        return list(parse(path=str(file), format=form, base_iri=file.resolve().as_uri()))
    except MemoryError as error:
        raise CoopgraphError("too-large", f"{file} cannot be read: {error}") from error
    except SyntaxError as error:
        place = Problem(str(file), error.lineno or 0, error.offset or 0, f"{error.args[0]}.", "Mend the syntax.")
        raise CoopgraphError("syntax", f"{file} cannot be read.", problems=[place]) from error


def _depth(text: bytes) -> int:
    steps = (1 if match[0] in b"[{" else -1 for match in _BRACKETS.finditer(text) if match[0][0] != 0x22)
    return max(itertools.accumulate(steps), default=0)
