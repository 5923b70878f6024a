"""`coopgraph export`: a release or one of its networks as a file for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coopgraph import __version__, settings
from coopgraph.cli import options
from coopgraph.cli.output import deliver
from coopgraph.curate.texts import Texts
from coopgraph.errors import CoopgraphError
from coopgraph.export import FORMS, export
from coopgraph.network import build, catalogue, extract, formats
from coopgraph.release import source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coopgraph.release.shelves import OpenRelease


@click.command("export")
@click.option("-f", "--format", "form", type=click.Choice([*FORMS, *formats.FORMATS]), required=True)
@click.option("--graph", help="facts, all, prospective, inferred, background, shapes or doc/<id>.")
@click.option("--quotes", is_flag=True, help="Put the quotation beside each passage; needs the documents.")
@click.option("--frame", help="For jsonld-framed: the frame's name, such as event-card.")
@click.option("--projection", type=click.Choice(list(catalogue.PROJECTIONS)), help="For networks; default the first.")
@options.output
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
    projection: str | None,
    output: Path | None,
    number: int | None,
    data: Path | None,
    store: str | None,
    documents: Path | None,
) -> None:
    """Write a release to a file or to standard output.

    Formats for several graphs (trig, nquads, jsonld) get all graphs, the other ones the facts, unless --graph says
    otherwise. graphml, gexf, pajek, edges.csv and network.json hold the network of a projection.
    """
    if form in formats.FORMATS:
        _refuse(form, {"--graph": graph, "--quotes": quotes, "--frame": frame})
    else:
        _refuse(form, {"--projection": projection} | ({} if form == "jsonld-framed" else {"--frame": frame}))
    chosen = settings.load({"data": data, "store": store, "documents": documents})
    texts = _texts(chosen.documents) if quotes else None
    with source.once(chosen) as at, at.shelf.open(number) as release:
        if form in formats.FORMATS:
            content = _network(release, form, projection)
        else:
            base = release.manifest.base
            content = export(release.reader, form, base=base, graph=graph, texts=texts, frame=frame or "")
    deliver(content, output)


def _network(release: OpenRelease, form: str, projection: str | None) -> bytes:
    manifest, wanted = release.manifest, catalogue.projection(projection)
    network = build.graph(extract.incidence(release.reader, wanted, base=manifest.base), wanted)
    about = {
        "projection": wanted.name,
        "rule": wanted.rule.formula,
        "release": str(manifest.number),
        "digest": manifest.digest,
        "software": f"coopgraph {__version__}",
    }
    return formats.export(network, form, about=about)


def _texts(documents: Path | None) -> Texts:
    if documents is None:
        raise CoopgraphError(
            "request", "Quotations are read from the documents, and none are at hand.", remedy="Give --documents DIR."
        )
    return Texts(documents)


def _refuse(form: str, given: Mapping[str, object]) -> None:
    for option, value in given.items():
        if value:
            raise click.UsageError(f"{option} does not go with the format {form}.")
