"""`coopgraph query`: one bounded query of a release."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click
from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, parse_query_results
from rich import box
from rich.table import Table

from coopgraph import settings, terms
from coopgraph.cli import options
from coopgraph.cli.output import Display
from coopgraph.errors import CoopgraphError
from coopgraph.release import source
from coopgraph.sparql.dataset import dataset_in
from coopgraph.sparql.negotiation import GRAPHS, TABLES
from coopgraph.sparql.policy import Form, admit
from coopgraph.store.workers import Question

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.release.manifest import Manifest
    from coopgraph.store.workers import Answer

_TABLE: Final = "table"
_FORMATS: Final = (_TABLE, *(offer.name for offer in (*TABLES, *GRAPHS)))


@click.command("query")
@click.argument("query")
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), default=_TABLE, show_default=True)
@options.release
@options.data
@options.store
def command(*, query: str, form: str, number: int | None, data: Path | None, store: str | None) -> None:
    """Answer QUERY, a SPARQL query, or one read from standard input if it is "-".

    Tables come as table, json, xml, csv or tsv, graphs in the other formats; a graph asked for as a table is shown in
    Turtle. The answer is whole, or an error says which limit it reached.
    """
    text = _read() if query == "-" else query
    chosen = settings.load({"data": data, "store": store})
    kind = admit(text)
    media_type = _media_type(kind, form)
    with source.once(chosen) as at, at.shelf.open(number) as release:
        manifest = release.manifest
        prefixes = {name: terms.rebase(iri, manifest.base) for name, iri in terms.PREFIXES.items()}
        dataset = dataset_in(text, manifest.base)
        question = Question(
            text,
            media_type,
            base=manifest.base,
            default_graphs=dataset.default_graphs,
            named_graphs=dataset.named_graphs,
            prefixes=prefixes,
        )
        answer = at.readers.run(question, release.store)
    if form == _TABLE and kind is not Form.GRAPH:
        _show(answer, manifest)
    else:
        for part in answer.parts():
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()


def _read() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise CoopgraphError("syntax", f"Standard input is not UTF-8 at byte {error.start + 1}.") from error


def _media_type(kind: Form | None, form: str) -> str:
    offers = GRAPHS if kind is Form.GRAPH else TABLES
    if form == _TABLE:
        return offers[0].media_type
    for offer in offers:
        if offer.name == form:
            return offer.media_type
    what = "a graph" if kind is Form.GRAPH else "a table"
    names = ", ".join(offer.name for offer in offers)
    raise CoopgraphError("not-acceptable", f"This query gives {what}, and not as {form}.", remedy=f"There is {names}.")


def _show(answer: Answer, manifest: Manifest) -> None:
    solutions = parse_query_results(answer.body, QueryResultsFormat.JSON)
    if isinstance(solutions, QueryBoolean):
        click.echo("yes" if solutions else "no")
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for variable in solutions.variables:
        table.add_column(variable.value, overflow="fold")
    for row in solutions:
        table.add_row(*(_cell(value, manifest.base) for value in row))
    Display().print(table)
    click.echo(f"{answer.rows} row{'' if answer.rows == 1 else 's'}", err=True)


def _cell(value: object, base: str) -> str:
    if value is None:
        return ""
    if isinstance(value, NamedNode):
        return terms.compact(value.value, base)
    if isinstance(value, Literal):
        return f"{value.value}@{value.language}" if value.language else value.value
    return str(value)
