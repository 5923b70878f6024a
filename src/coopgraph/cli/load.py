"""`coopgraph load`: add what files say to a dataset, through its gate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click
from pyoxigraph import NamedNode, RdfFormat

from coopgraph import settings
from coopgraph.cli import changing, options
from coopgraph.curate.rdf import RdfText, form_of
from coopgraph.errors import CoopgraphError
from coopgraph.release.edit import Post
from coopgraph.release.shelf import Shelf

_STDIN: Final = Path("-")
_NAMES: Final = {
    "turtle": "ttl", "trig": "trig", "ntriples": "nt", "nquads": "nq", "rdfxml": "rdf", "jsonld": "jsonld",
}  # fmt: skip


@click.command("load")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--graph", metavar="IRI", help="The graph to add to; without it triples go to the default graph.")
@click.option("-f", "--format", "form", type=click.Choice(list(_NAMES)), help="The format, if no file name tells it.")
@options.gate
@options.data
def command(
    *, files: tuple[Path, ...], graph: str | None, form: str | None, gate: str | None, data: Path | None
) -> None:
    """Add what FILEs say, all or nothing, and make the result the current release.

    Files may be Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD; `-` is standard input. A change that the shapes
    do not let pass is refused with the report, and the exit status is 1. With --gate shacl a dataset that nobody judges
    is judged first, and then what is loaded.
    """
    documents = tuple(_read(file, form) for file in files)
    chosen = settings.load({"data": data, "gate": gate})
    edit = Post(documents, None if graph is None else _node(graph))
    changing.ensure_gate(Shelf(chosen.data), chosen.gate)
    changing.carry_out(edit, chosen, "Loading")


def _read(file: Path, name: str | None) -> RdfText:
    form = RdfFormat.from_extension(_NAMES[name] if name is not None else file.suffix.lstrip(".").lower())
    if form is None:
        raise CoopgraphError("media-type", f"{file} has no ending of an RDF format.", remedy="Name it with -f.")
    form_of(form.media_type)
    if file == _STDIN:
        return RdfText(sys.stdin.buffer.read(), form.media_type, "urn:stdin:")
    try:
        return RdfText(file.read_bytes(), form.media_type, file.resolve().as_uri())
    except FileNotFoundError as error:
        raise CoopgraphError("not-found", f"There is no file {file}.") from error


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise CoopgraphError("request", f"{iri!r} is no absolute IRI and names no graph.") from error
