"""`coopgraph why`: the assertions and passages behind a fact."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from pyoxigraph import NamedNode, QuerySolutions

from coopgraph import settings, terms
from coopgraph.cli import options
from coopgraph.cli.output import Display
from coopgraph.curate.texts import Texts
from coopgraph.release import source
from coopgraph.release.evidence import Explanation, as_dict, explain, why_query

if TYPE_CHECKING:
    from pathlib import Path


@click.command("why")
@click.argument("subject")
@click.argument("predicate", required=False)
@click.argument("object", required=False)
@options.data
@options.store
@options.documents
@options.release
@click.option("-f", "--format", "form", type=click.Choice(["human", "json"]), default="human", show_default=True)
def command(
    *,
    subject: str,
    predicate: str | None,
    object: str | None,
    data: Path | None,
    store: str | None,
    documents: Path | None,
    number: int | None,
    form: str,
) -> None:
    """Show what says that SUBJECT has PREDICATE with OBJECT.

    Things are written like actor/asean, properties like host, concepts like status:held; whole IRIs do as well.
    """
    chosen = settings.load({"data": data, "store": store, "documents": documents})
    texts = None if chosen.documents is None else Texts(chosen.documents)
    names = (
        terms.named(subject),
        None if predicate is None else terms.property_named(predicate),
        None if object is None else terms.value_named(object),
    )
    with source.once(chosen) as at, at.shelf.open(number) as release:
        base = release.manifest.base
        answer = release.reader.query(why_query(*names, base=base))
        if not isinstance(answer, QuerySolutions):
            raise TypeError("a SELECT query is answered by solutions")
        explanations = explain(answer)
    if form == "json":
        click.echo(json.dumps([as_dict(one, texts) for one in explanations], ensure_ascii=False, indent=2))
    else:
        for one in explanations:
            _show(one, texts, Display(soft_wrap=True), base)
    if not explanations:
        click.echo("Nothing in this release says so.", err=True)
        raise click.exceptions.Exit(1)


def _show(explanation: Explanation, texts: Texts | None, console: Display, base: str) -> None:
    def short(iri: str) -> str:
        return terms.compact(iri, base)

    obj = explanation.object
    shown = short(obj.value) if isinstance(obj, NamedNode) else str(obj)
    marks = [explanation.factuality, explanation.polarity, explanation.rank]
    qualifiers = ", ".join(mark.rpartition("/")[2] for mark in marks)
    console.print(short(explanation.predicate), style="bold", end="")
    console.print(f" {shown}  ({qualifiers})")
    for label, value in (
        ("role", explanation.role),
        ("on the word of", explanation.attributed_to),
        ("from", explanation.valid_from),
        ("until", explanation.valid_until),
    ):
        if value is not None:
            console.print(f"  {label} {short(value) if value.startswith('http') else value}")
    for passage in explanation.passages:
        place = f"  document {passage.span.document}, characters {passage.span.start}-{passage.span.end}"
        quotation = None if texts is None else texts.quote(passage.span, passage.digest)
        console.print(place if quotation is None else f"{place}: “{quotation}”")
    for record in explanation.records:
        console.print(f"  record {short(record)} (not from the documents)")
    if explanation.rule is not None:
        premises = " and ".join(map(short, explanation.premises))
        console.print(f"  follows by {short(explanation.rule)} from {premises}")
