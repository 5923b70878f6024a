"""Fold affiliations into ties by a projection rule, as `coopgraph.network.fold` does on one machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from coopgraph.network.projections.rules import Rule


def folded(affiliations: DataFrame, rule: Rule) -> DataFrame:
    """The ties (source, target, strength, distance, targets) between those that share a target; source < target.

    `targets` counts the shared targets that add to the strength. The rule is asked once for each size that occurs; what
    is sent to the workers is that small table.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    pairs = affiliations.select("source", "target").distinct()
    sizes = pairs.groupBy("target").agg(f.count("*").alias("size")).where("size > 1").persist()
    occurring = sorted(row["size"] for row in sizes.select("size").distinct().collect())
    shares = rule.share(np.array(occurring, dtype=np.int32)).tolist() if occurring else []
    table = [(size, share) for size, share in zip(occurring, shares, strict=True) if share > 0]
    weights = affiliations.sparkSession.createDataFrame(table, "size long, share double")
    weighted = pairs.join(sizes.join(f.broadcast(weights), "size"), "target").select("source", "target", "share")
    left, right = weighted.alias("a"), weighted.select("source", "target").alias("b")
    met = left.join(right, (f.col("a.target") == f.col("b.target")) & (f.col("a.source") < f.col("b.source")))
    ties = met.groupBy(f.col("a.source").alias("source"), f.col("b.source").alias("target")).agg(
        f.sum("a.share").alias("strength"), f.count("*").alias("targets")
    )
    return ties.withColumn("distance", 1 / f.col("strength"))
