"""What GraphFrames computes on two workers is what one machine gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from coopgraph.network.spark import job
from coopgraph.network.spark.session import session
from tests.network.spark.conftest import WORKERS
from tests.servers import graphframes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    # The bridge to Java leaves the closing of its connections to the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    with session(WORKERS, jars=graphframes.jars(), scratch=tmp_path_factory.mktemp("scratch")) as made:
        made.conf.set("spark.sql.shuffle.partitions", "2")
        yield made


@pytest.fixture(scope="module")
def club() -> nx.Graph:
    """Zachary's club, a triangle apart from it, and somebody alone."""
    made = nx.karate_club_graph()
    made.add_edges_from([(50, 51), (51, 52), (50, 52)])
    made.add_node(99)
    return made


def values(spark: SparkSession, network: nx.Graph, name: str) -> dict[int, float]:
    nodes = spark.createDataFrame([(node,) for node in network], ["id"])
    ties = spark.createDataFrame(
        [(source, target, 1.0) for source, target in network.edges()], ["source", "target", "strength"]
    )
    return {row["id"]: row["value"] for row in job.values(nodes, ties, [name]).collect()}


def test_core_numbers(spark: SparkSession, club: nx.Graph) -> None:
    assert values(spark, club, "core") == nx.core_number(club)


def test_clustering(spark: SparkSession, club: nx.Graph) -> None:
    assert values(spark, club, "clustering") == pytest.approx(nx.clustering(club))


def test_components(spark: SparkSession, club: nx.Graph) -> None:
    found = values(spark, club, "component")
    parts = [frozenset(node for node in found if found[node] == number) for number in set(found.values())]
    assert set(parts) == {frozenset(part) for part in nx.connected_components(club)}
