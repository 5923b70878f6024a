"""`coopgraph build`: from claims to a validated, sealed release."""

from __future__ import annotations

import dataclasses
import logging
from typing import TYPE_CHECKING

import click

from coopgraph import resources, settings
from coopgraph.cli import options
from coopgraph.curate.texts import Texts
from coopgraph.release import build
from coopgraph.release.shelf import Shelf
from coopgraph.validate.rendering import human

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


@click.command("build")
@click.option("--graph", type=options.DIRECTORY, help="Directory of registry and claims; without it the shipped one.")
@click.option("--ontology", type=options.DIRECTORY, help="Directory of the ontology; without it the shipped one.")
@options.documents
@options.data
@click.option("--check", is_flag=True, help="Compare with graph/coopgraph.trig and change nothing.")
def command(
    *, graph: Path | None, ontology: Path | None, documents: Path | None, data: Path | None, check: bool
) -> None:
    """Turn the claims into a validated, sealed release and make it the current one.

    A build that fails changes nothing. With the documents at hand every span is read anew and compared.
    """
    chosen = settings.load({"data": data, "documents": documents})
    texts = None if chosen.documents is None else Texts(chosen.documents)
    built = build.assemble_graph(
        graph or resources.directory("graph"), ontology or resources.directory("ontology"), texts, say=_log.info
    )
    if built.verdict.findings:
        click.echo(human(built.verdict), err=True)
    if check:
        build.check(built)
        click.echo(f"{len(built.quads)} quads, just as recorded.")
        return
    if graph is None and resources.installed():
        # What is recorded beside the sources is for those who change them, and not for an installed package.
        built = dataclasses.replace(built, files={})
    manifest = build.release(built, Shelf(chosen.data), base=chosen.base_iri, say=_log.info)
    click.echo(f"Release {manifest.number}: {len(built.quads)} quads, digest {manifest.digest}")
