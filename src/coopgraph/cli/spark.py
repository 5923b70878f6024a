"""`coopgraph spark`: measures of networks too large for one machine."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from coopgraph import settings
from coopgraph.network.network import Mode
from coopgraph.network.projections import catalogue
from coopgraph.network.selection import Selection
from coopgraph.network.spark import job, read
from coopgraph.network.spark.session import session


@click.command("spark")
@click.argument("file")
@click.option(
    "--projection",
    type=click.Choice([name for name, one in catalogue.PROJECTIONS.items() if one.mode is Mode.ONE_MODE]),
    default=catalogue.DEFAULT.name,
    show_default=True,
)
@click.option("--rule", "rule_name", help="How shared events make ties; without it the projection's own rule.")
@click.option(
    "--measure", "names", type=click.Choice(list(job.MEASURES)), multiple=True, default=job.PLAIN, show_default=True
)
@click.option("--nodes", help="The nodes.parquet that goes with ties; without it nodes that have no tie are unknown.")
@click.option("--master", help="Address of the cluster, such as spark://host:7077; without it as Spark is configured.")
@click.option("--jar", "jars", type=click.Path(path_type=Path, exists=True, dir_okay=False), multiple=True)
@click.option("--scratch", type=click.Path(path_type=Path, file_okay=False), help="Directory that all workers reach.")
@click.option("-f", "--format", "form", type=click.Choice(["parquet", "csv"]), default="parquet", show_default=True)
@click.option("-o", "--output", required=True, help="Directory for the values; must not exist.")
def command(
    *,
    file: str,
    projection: str,
    rule_name: str | None,
    names: tuple[str, ...],
    nodes: str | None,
    master: str | None,
    jars: tuple[Path, ...],
    scratch: Path | None,
    form: str,
    output: str,
) -> None:
    """Compute measures on an Apache Spark cluster from FILE: affiliations, ties, or a whole graph in N-Quads.

    FILE and the output are paths or addresses that the cluster can read, such as hdfs://… or s3a://…. Affiliations, and
    ties without direction, are Parquet files that `coopgraph export` wrote; what ends in .nq is a graph in N-Quads.
    core, clustering and component need the jar of GraphFrames in the session, others Spark alone.
    """
    selection = Selection.of(projection, rule=rule_name)
    rule = selection.rule
    base = settings.load({}).base_iri
    with (
        tempfile.TemporaryDirectory(prefix="coopgraph-") as temporary,
        session(master, jars=jars, scratch=scratch or Path(temporary)) as spark,
    ):
        graph = file.rstrip("/").endswith((".nq", ".nq.gz"))
        rows = read.facts(spark, file, selection.projection.fact, base=base) if graph else read.parquet(spark, file)
        known = None if nodes is None else read.nodes(spark, nodes)
        job.write(job.values(*job.ties(rows, rule, known), names), output, form)
    click.echo(f"{output}: {', '.join(names)}, ties by the rule {rule.name}.", err=True)
