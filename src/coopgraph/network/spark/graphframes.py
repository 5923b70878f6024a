"""What GraphFrames computes on the cluster: core numbers, clustering, components.

GraphFrames is a library of Spark's, not of Python's alone: the session must have its jar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ARTIFACT: Final = "io.graphframes:graphframes-spark4_2.13"


def core(nodes: DataFrame, ties: DataFrame) -> DataFrame:
    """(id, value): the largest k for which the node lies in a part where everyone has at least k ties."""
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    found: DataFrame = _graph(nodes, ties).k_core()
    return found.select("id", f.col("kcore").cast("double").alias("value"))


def clustering(nodes: DataFrame, ties: DataFrame) -> DataFrame:
    """(id, value): the share of pairs of a node's neighbours that are tied; 0 with fewer than two neighbours."""
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra
    from pyspark.storagelevel import StorageLevel  # noqa: PLC0415

    graph = _graph(nodes, ties)
    triangles: DataFrame = graph.triangleCount(StorageLevel.MEMORY_AND_DISK)
    counted = triangles.join(graph.degrees, "id", "left").fillna(0, ["degree"])
    pairs = f.col("degree") * (f.col("degree") - 1) / 2
    return counted.select("id", f.when(pairs > 0, f.col("count") / pairs).otherwise(0.0).alias("value"))


def components(nodes: DataFrame, ties: DataFrame) -> DataFrame:
    """(id, value): the number of the component that a node is in; equal numbers mean the same component."""
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    found: DataFrame = _graph(nodes, ties).connectedComponents()
    return found.select("id", f.col("component").cast("double").alias("value"))


def _graph(nodes: DataFrame, ties: DataFrame) -> Any:
    from graphframes import GraphFrame  # noqa: PLC0415 - an extra
    from py4j.protocol import Py4JError  # noqa: PLC0415

    try:
        return GraphFrame(nodes, ties.selectExpr("source as src", "target as dst"))
    except Py4JError as error:
        if "ClassNotFoundException" not in str(error):
            raise
        raise CoopgraphError(
            "request",
            "GraphFrames is not part of this Spark session.",
            remedy=f"Start with --jar FILE, or let spark-submit fetch it: --packages {ARTIFACT}:VERSION.",
        ) from error
