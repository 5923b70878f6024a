"""Measures over data frames, under the normalisation that `coopgraph.network.measures` states.

`nodes` has a column `id`; `ties` has source, target and strength, each tie once, without direction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.measures.pagerank import DAMPING

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

STEPS: Final = 200
TOLERANCE: Final = 1e-9


def degree(nodes: DataFrame, ties: DataFrame) -> DataFrame:
    """(id, value): d(v) / (n - 1); 0 in a network of one node."""
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    others = max(1, nodes.count() - 1)
    return _summed(nodes, _both_ways(ties), f.count("*")).withColumn("value", f.col("value") / others)


def strength(nodes: DataFrame, ties: DataFrame) -> DataFrame:
    """(id, value): the sum of the strengths of a node's ties."""
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    return _summed(nodes, _both_ways(ties), f.sum("strength"))


def pagerank(nodes: DataFrame, ties: DataFrame) -> DataFrame:
    """(id, value): PageRank by strength with the usual damping; isolates jump anywhere; values sum to 1.

    Stops when the values of one step differ from those of the last by less than `TOLERANCE` in sum, or after `STEPS`.
    The PageRank of GraphFrames reads no strengths, therefore this one.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    n = nodes.count()
    ways = _both_ways(ties)
    totals = ways.groupBy("id").agg(f.sum("strength").alias("total"))
    steps = ways.join(totals, "id").select("id", "other", (f.col("strength") / f.col("total")).alias("share")).persist()
    tied = totals.select("id", f.lit(True).alias("tied"))
    ranks = nodes.join(tied, "id", "left").select("id", "tied", f.lit(1.0 / max(1, n)).alias("value"))
    for _ in range(STEPS):
        base = (1 - DAMPING) / n + DAMPING * _total(ranks.where("tied is null"), f.col("value")) / n
        sent = (DAMPING * f.sum(f.col("share") * f.col("value"))).alias("arrived")
        arrived = steps.join(ranks, "id").groupBy(f.col("other").alias("id")).agg(sent)
        moved = ranks.withColumnRenamed("value", "before").join(arrived, "id", "left")
        moved = moved.select("id", "tied", "before", (f.lit(base) + f.coalesce("arrived", f.lit(0.0))).alias("value"))
        # Each step reads the last one twice: a plan that is not cut off here would double with every step.
        moved = moved.localCheckpoint()
        change = _total(moved, f.abs(f.col("value") - f.col("before")))
        ranks = moved.drop("before")
        if change < TOLERANCE:
            break
    return ranks.select("id", "value")


def _both_ways(ties: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    there = ties.select(f.col("source").alias("id"), f.col("target").alias("other"), "strength")
    back = ties.select(f.col("target").alias("id"), f.col("source").alias("other"), "strength")
    return there.unionByName(back)


def _summed(nodes: DataFrame, ways: DataFrame, amount: Column) -> DataFrame:
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    summed = ways.groupBy("id").agg(amount.alias("value"))
    return nodes.join(summed, "id", "left").select("id", f.coalesce("value", f.lit(0.0)).alias("value"))


def _total(rows: DataFrame, amount: Column) -> float:
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    (row,) = rows.agg(f.sum(amount)).collect()
    return float(row[0] or 0.0)
