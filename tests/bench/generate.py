"""`python -m tests.bench.generate`: write an invented world of any size, as a graph directory or as N-Quads."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click

from coopgraph import resources, terms
from coopgraph.curate.ontology import OntologySource, read_ontology
from coopgraph.model.problem import Problem
from tests.bench.generator.defects import Expected
from tests.bench.generator.directory import write_directory
from tests.bench.generator.nquads import write_nquads
from tests.bench.generator.size import plan


@click.command()
@click.option(
    "--quads", type=click.IntRange(min=1), default=100_000, show_default=True, help="Size, within some percent."
)
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed gives another world.")
@click.option(
    "--defects", type=click.FloatRange(0, 0.01), default=0.0, show_default=True, help="Defects for each quad."
)
@click.option("--form", type=click.Choice(["nquads", "graph", "both"]), default="nquads", show_default=True)
@click.option("--texts", is_flag=True, help="With a graph directory, write the texts of the documents too.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True)
def main(*, quads: int, seed: int, defects: float, form: str, texts: bool, output: Path) -> None:
    """Write OUTPUT/quads.nq or OUTPUT/graph/, with expected.csv (code, focus) and world.json beside it."""
    ontology = shipped_ontology()
    output.mkdir(parents=True, exist_ok=True)
    world = plan(quads, seed=seed, defects=defects, ontology=ontology)
    described = {"seed": seed, "pages": world.pages, "defects": world.flaws}
    if form != "nquads":
        write_directory(world, output / "graph", texts=output / "texts" if texts else None)
    if form != "graph":
        written = write_nquads(world, output / "quads.nq", ontology)
        described |= {"quads": written.quads}
        expected, digest = list(written.expected), {"sha256": written.digest}
    else:
        expected, digest = sorted(finding for _, findings in world.all_pages() for finding in findings), {}
    (output / "expected.csv").write_text(expected_table(expected), encoding="utf-8")
    (output / "world.json").write_text(json.dumps(described | digest, indent=2) + "\n", encoding="utf-8")


def shipped_ontology() -> OntologySource:
    """The ontology of this source tree.

    Raises:
        ValueError: if it has mistakes.
    """
    problems: list[Problem] = []
    ontology = read_ontology(resources.directory("ontology"), problems)
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    return ontology


def expected_table(expected: list[Expected]) -> str:
    """The findings that must be found, as CSV with the code and the IRI."""
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows(
        [("code", "focus"), *((code, terms.ID + path) for code, path in expected)]
    )
    return output.getvalue()


if __name__ == "__main__":
    main()
