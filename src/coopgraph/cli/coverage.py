"""`coopgraph coverage`: what a document says and the graph does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from rich.table import Table

from coopgraph import resources, settings
from coopgraph.cli import options
from coopgraph.cli.output import Display
from coopgraph.curate.coverage import Coverage, Stretch, cover
from coopgraph.curate.source import read_source
from coopgraph.curate.texts import Texts
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from pathlib import Path


@click.command("coverage")
@click.argument("document", required=False)
@click.option("--graph", type=options.DIRECTORY, help="Directory of registry and claims; without it the shipped one.")
@click.option("--ontology", type=options.DIRECTORY, help="Directory of the ontology; without it the shipped one.")
@options.documents
@click.option("-f", "--format", "form", type=click.Choice(["human", "json"]), default="human", show_default=True)
def command(
    *, document: str | None, graph: Path | None, ontology: Path | None, documents: Path | None, form: str
) -> None:
    """Show what of each document has claims, and the sentences and names that no claim touches.

    The documents themselves must be at hand (--documents or COOPGRAPH_DOCUMENTS). DOCUMENT is a document's id.
    """
    directory = settings.load({"documents": documents}).documents
    if directory is None:
        raise CoopgraphError(
            "request", "Coverage reads the documents themselves.", remedy="Say where they are with --documents."
        )
    texts = Texts(directory)
    source = read_source(graph or resources.directory("graph"), ontology or resources.directory("ontology"), texts)
    if document is not None and document not in source.documents:
        known = ", ".join(sorted(source.documents))
        raise CoopgraphError("not-found", f"There is no document {document}.", remedy=f"There are {known}.")
    found: list[tuple[Coverage, str]] = []
    for identifier in [document] if document else sorted(source.documents):
        text = texts.read(identifier)
        if text is None:
            raise CoopgraphError("not-found", f"The text of document {identifier} is not in {directory}.")
        spans = (span for claim in source.claims for span in claim.spans if span.document == identifier)
        found.append((cover(source.documents[identifier], text, spans), text))
    if form == "json":
        click.echo(json.dumps([_as_dict(coverage, text) for coverage, text in found], ensure_ascii=False, indent=2))
    else:
        for coverage, text in found:
            _show(coverage, text, Display())


def _as_dict(coverage: Coverage, text: str) -> dict[str, object]:
    def told(stretches: tuple[Stretch, ...]) -> list[dict[str, object]]:
        return [{"start": one.start, "end": one.end, "text": text[one.start : one.end]} for one in stretches]

    return {
        "document": coverage.document,
        "sentences": coverage.sentences,
        "share": round(coverage.share, 4),
        "untouched_sentences": told(coverage.untouched),
        "untouched_names": told(coverage.names),
    }


def _show(coverage: Coverage, text: str, console: Display) -> None:
    cited = coverage.sentences - len(coverage.untouched)
    console.print(coverage.document, style="bold", end="")
    console.print(f": {cited} of {coverage.sentences} sentences have claims ({coverage.share:.0%})")
    table = Table("untouched", "position", "text")
    for kind, stretches in (("sentence", coverage.untouched), ("name", coverage.names)):
        for one in stretches:
            table.add_row(kind, f"{one.start}-{one.end}", text[one.start : one.end])
    if table.row_count:
        console.print(table)
