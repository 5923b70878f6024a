"""Spark, on two workers, gives the values that one machine gives."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pyoxigraph import RdfFormat, serialize

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.network import fold, formats
from coopgraph.network.affiliations import Affiliations
from coopgraph.network.engines.choose import evaluate
from coopgraph.network.engines.port import Choice
from coopgraph.network.formats.offering import offer
from coopgraph.network.formats.origin import Origin
from coopgraph.network.formats.selecting import sheet
from coopgraph.network.measures.registry import measure
from coopgraph.network.network import Mode
from coopgraph.network.nodes import Node, Nodes
from coopgraph.network.projections import rules
from coopgraph.network.projections.catalogue import PROJECTIONS
from coopgraph.network.projections.read import affiliations as read_affiliations
from coopgraph.network.selection import Selection
from coopgraph.network.spark import fold as spark_fold
from coopgraph.network.spark import job, read
from tests import shipped
from tests.network.spark.conftest import WORKERS

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import DataFrame, SparkSession

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    # The bridge to Java leaves the closing of its connections to the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

RULES = (rules.SIMPLE, rules.NEWMAN, rules.size_capped(4))


@pytest.fixture(scope="module")
def made() -> Affiliations:
    """Forty actors at twenty-five events; one event is everybody's, one actor is alone."""
    draw = np.random.default_rng(7)
    pairs = {(f"https://e.org/a{draw.integers(39):02}", f"https://e.org/e{draw.integers(25):02}") for _ in range(100)}
    pairs |= {(f"https://e.org/a{actor:02}", "https://e.org/e99") for actor in range(12)}
    pairs |= {("https://e.org/a39", "https://e.org/e98")}
    rows = sorted(pairs)
    nodes = Nodes.of(
        Node(iri, "actor" if "/a" in iri else "event", "State", iri, "en")
        for iri in {end for row in rows for end in row}
    )
    index = nodes.index()
    ends = np.array([[index[source], index[target]] for source, target in rows], dtype=np.int32)
    zeros, unknown = np.zeros(len(rows), dtype=np.int32), np.full(len(rows), "NaT", dtype="datetime64[D]")
    return Affiliations(nodes, ("r",), (), (), ends[:, 0], ends[:, 1], zeros, zeros - 1, zeros - 1, unknown, unknown)


def frame(spark: SparkSession, affiliations: Affiliations) -> DataFrame:
    names = affiliations.nodes.iri
    ends = zip(affiliations.source.tolist(), affiliations.target.tolist(), strict=True)
    return spark.createDataFrame([(names[source], names[target]) for source, target in ends], ["source", "target"])


def collected(found: DataFrame) -> dict[str, float]:
    return {row["id"]: row["value"] for row in found.collect()}


def expected(affiliations: Affiliations, name: str, rule: rules.Rule) -> dict[str, float]:
    network = fold.network(affiliations, Mode.ONE_MODE, rule)
    values = evaluate(measure(name), network, Choice()).values.tolist()
    return dict(zip(network.nodes.iri, values, strict=True))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_ties_are_those_of_one_machine(spark: SparkSession, made: Affiliations, rule: rules.Rule) -> None:
    network = fold.network(made, Mode.ONE_MODE, rule)
    names = network.nodes.iri
    here = {
        (names[source], names[target]): strength
        for source, target, strength in zip(
            network.source.tolist(), network.target.tolist(), network.strengths.values.tolist(), strict=True
        )
    }
    there = {(row["source"], row["target"]): row for row in spark_fold.folded(frame(spark, made), rule).collect()}
    assert {ends: row["strength"] for ends, row in there.items()} == pytest.approx(here)
    assert all(row["distance"] == pytest.approx(1 / row["strength"]) for row in there.values())


@pytest.mark.parametrize("name", job.PLAIN)
def test_measures_are_those_of_one_machine(spark: SparkSession, made: Affiliations, name: str) -> None:
    nodes, ties = job.ties(frame(spark, made), rules.NEWMAN)
    found = collected(job.values(nodes, ties, [name]))
    assert found == pytest.approx(expected(made, name, rules.NEWMAN), abs=1e-7)


def test_a_graph_in_n_quads_gives_the_same_affiliations_as_its_store(spark: SparkSession, tmp_path: Path) -> None:
    path = graph_file(tmp_path)
    declared = [wanted for wanted in PROJECTIONS.values() if wanted.fact]
    assert declared
    for wanted in declared:
        found = read.facts(spark, str(path), wanted.fact)
        here = read_affiliations(shipped.reader(), wanted)
        names = here.nodes.iri
        pairs = {(names[s], names[t]) for s, t in zip(here.source.tolist(), here.target.tolist(), strict=True)}
        assert pairs
        assert {(row["source"], row["target"]) for row in found.collect()} == pairs


def test_ties_of_a_parquet_file_are_taken_as_they_are(spark: SparkSession, made: Affiliations, tmp_path: Path) -> None:
    job.ties(frame(spark, made), rules.NEWMAN)[1].write.parquet(str(tmp_path / "ties"))
    made_of = read.parquet(spark, str(tmp_path / "ties"))
    nodes, ties = job.ties(made_of, rules.SIMPLE)
    found = collected(job.values(nodes, ties, ["strength"]))
    here = expected(made, "strength", rules.NEWMAN)
    assert found == pytest.approx({iri: value for iri, value in here.items() if value})


def test_what_export_writes_is_what_spark_reads(spark: SparkSession, tmp_path: Path) -> None:
    rows = read_affiliations(shipped.reader(), PROJECTIONS["co-participation"])
    here = expected(rows, "degree", rules.NEWMAN)
    origin = Origin(1, "0" * 64, terms.BASE, None)
    for name in ("parquet", "nodes.parquet", "affiliations.parquet"):
        form = formats.named(name)
        offer(sheet(shipped.reader(), Selection.of(), origin, form.content), form, tmp_path / name)
    nodes = read.nodes(spark, str(tmp_path / "nodes.parquet"))
    from_ties = job.ties(read.parquet(spark, str(tmp_path / "parquet")), rules.NEWMAN, nodes)
    from_rows = job.ties(read.parquet(spark, str(tmp_path / "affiliations.parquet")), rules.NEWMAN)
    for made in (from_ties, from_rows):
        assert collected(job.values(*made, ["degree"])) == pytest.approx(here)


def test_a_file_without_ends_is_refused(spark: SparkSession, tmp_path: Path) -> None:
    spark.range(3).write.parquet(str(tmp_path / "other"))
    with pytest.raises(CoopgraphError) as caught:
        read.parquet(spark, str(tmp_path / "other"))
    assert caught.value.code == "request"


def test_values_are_written_once(spark: SparkSession, made: Affiliations, tmp_path: Path) -> None:
    found = job.values(*job.ties(frame(spark, made), rules.NEWMAN), ["degree", "strength"])
    job.write(found, str(tmp_path / "values"), "parquet")
    again = spark.read.parquet(str(tmp_path / "values"))
    assert again.count() == 2 * len(fold.network(made, Mode.ONE_MODE, rules.NEWMAN).nodes)
    with pytest.raises(CoopgraphError) as caught:
        job.write(found, str(tmp_path / "values"), "csv")
    assert caught.value.code == "storage"


def graph_file(directory: Path) -> Path:
    path = directory / "graph.nq"
    path.write_bytes(serialize(shipped.quads(), format=RdfFormat.N_QUADS) or b"")
    return path


def run(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with workers that have no Python.

    A session of Spark stays in the process that began it. Its settings come from where those of a cluster would.
    """
    (directory / "spark-defaults.conf").write_text("spark.sql.shuffle.partitions 2\n")
    command = [sys.executable, "-m", "coopgraph.cli", "spark", *arguments, "--master", WORKERS]
    environment = os.environ | {"PYSPARK_PYTHON": "/nonexistent/python", "SPARK_CONF_DIR": str(directory)}
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, env=environment)


def test_the_command_computes_from_a_graph_and_writes_csv(tmp_path: Path) -> None:
    graph, output = graph_file(tmp_path), tmp_path / "values"
    done = run(tmp_path, str(graph), "--measure", "strength", "-f", "csv", "-o", str(output))
    assert done.returncode == 0, done.stderr
    lines = [line for part in output.glob("*.csv") for line in csv.DictReader(part.open(encoding="utf-8"))]
    rows = read_affiliations(shipped.reader(), PROJECTIONS["co-participation"])
    found = {line["id"]: float(line["value"]) for line in lines}
    assert found == pytest.approx(expected(rows, "strength", rules.NEWMAN))


def test_without_graphframes_it_is_said_how_to_get_it(tmp_path: Path) -> None:
    done = run(tmp_path, str(graph_file(tmp_path)), "--measure", "core", "-o", str(tmp_path / "values"))
    assert done.returncode == 2
    assert "--packages" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "values").exists()
