"""`coopgraph export`: a release or one of its networks as a file for other programs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from coopgraph import settings
from coopgraph.cli import network_files, options, selecting
from coopgraph.cli.output import deliver
from coopgraph.curate.texts import Texts
from coopgraph.errors import CoopgraphError
from coopgraph.export import FORMS, export
from coopgraph.network import formats
from coopgraph.network.formats.origin import Origin
from coopgraph.network.formats.selecting import sheet
from coopgraph.release import source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.cli.selecting import Wanted


_OUTPUT: Final = click.Path(path_type=Path)


@click.command("export")
@click.option("-f", "--format", "form", type=click.Choice([*FORMS, *formats.FORMATS]), required=True)
@click.option("--graph", help="facts, all, prospective, inferred, background, shapes or doc/<id>.")
@click.option("--quotes", is_flag=True, help="Put the quotation beside each passage; needs the documents.")
@click.option("--frame", help="For jsonld-framed: the frame's name, such as event-card.")
@selecting.network
@click.option(
    "-o", "--output", type=_OUTPUT, help="A file, or for a network a directory or FILE.zip; else to standard output."
)
@options.release
@options.data
@options.store
@options.documents
def command(
    *,
    form: str,
    graph: str | None,
    quotes: bool,
    frame: str | None,
    wanted: Wanted,
    output: Path | None,
    number: int | None,
    data: Path | None,
    store: str | None,
    documents: Path | None,
) -> None:
    """Write a release to a file or to standard output.

    Formats for several graphs (trig, nquads, jsonld) get all graphs, the other ones the facts, unless --graph says
    otherwise. Formats from graphml on hold the network of a projection. Into a directory that exists, or a FILE.zip,
    go also the files that hold what a format has no room for, such as the table of nodes beside pajek and dl.
    """
    if form in formats.FORMATS:
        _refuse(form, {"--graph": graph, "--quotes": quotes, "--frame": frame})
    else:
        _refuse(form, _narrowing() | ({} if form == "jsonld-framed" else {"--frame": frame}))
    chosen = settings.load({"data": data, "store": store, "documents": documents})
    if (
        output is not None
        and form not in formats.FORMATS
        and (output.is_dir() or output.suffix == network_files.ARCHIVE)
    ):
        place = "a directory" if output.is_dir() else "an archive"
        raise click.UsageError(f"{output} is {place}, and {form} is one file.")
    texts = _texts(chosen.documents) if quotes else None
    selection = wanted.selection()
    with source.once(chosen) as at, at.shelf.open(number) as release:
        manifest = release.manifest
        if form in formats.FORMATS:
            origin = Origin(manifest.number, manifest.digest, manifest.base, chosen.base_url)
            made = partial(sheet, release.reader, selection, origin)
            network_files.deliver(made, formats.named(form), output, stem=selection.projection.name)
        else:
            content = export(release.reader, form, base=manifest.base, graph=graph, texts=texts, frame=frame or "")
            deliver(content, output)


def _texts(documents: Path | None) -> Texts:
    if documents is None:
        raise CoopgraphError(
            "request", "Quotations are read from the documents, and none are at hand.", remedy="Give --documents DIR."
        )
    return Texts(documents)


def _narrowing() -> dict[str, object]:
    """The options of a network that were given."""
    context = click.get_current_context()
    names = ("projection", "rule", "since", "until", "roll_up")
    given = (name for name in names if context.get_parameter_source(name) is not ParameterSource.DEFAULT)
    return {f"--{name.replace('_', '-')}": True for name in given}


def _refuse(form: str, given: Mapping[str, object]) -> None:
    for option, value in given.items():
        if value:
            raise click.UsageError(f"{option} does not go with the format {form}.")
