"""Fold affiliations into ties by a projection rule, as `coopgraph.network.fold` does on one machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from coopgraph.network.projections.rules import Rule


def folded(affiliations: DataFrame, rule: Rule) -> DataFrame:
    """The ties (source, target, strength, distance) between those that share a target; source < target.

    The rule is asked once for each size that occurs; what is sent to the workers is that small table.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    pairs = affiliations.select("source", "target").distinct()
    sizes = pairs.groupBy("target").agg(f.count("*").alias("size")).where("size > 1").persist()
    occurring = sorted(row["size"] for row in sizes.select("size").distinct().collect())
    shares = rule.share(np.array(occurring, dtype=np.int32)).tolist() if occurring else []
    # Written as an expression: a frame made of Python's values would need Python at the workers.
    table = [
        (f.lit(size).alias("size"), f.lit(share).alias("share")) for size, share in zip(occurring, shares, strict=True)
    ]
    none = (f.lit(0).alias("size"), f.lit(0.0).alias("share"))
    rows = f.array(*[f.struct(*row) for row in table or [none]])
    weights = affiliations.sparkSession.range(1).select(f.inline(rows)).where("share > 0")
    weighted = pairs.join(sizes.join(f.broadcast(weights), "size"), "target").select("source", "target", "share")
    left, right = weighted.alias("a"), weighted.select("source", "target").alias("b")
    met = left.join(right, (f.col("a.target") == f.col("b.target")) & (f.col("a.source") < f.col("b.source")))
    ties = met.groupBy(f.col("a.source").alias("source"), f.col("b.source").alias("target")).agg(
        f.sum("a.share").alias("strength")
    )
    return ties.withColumn("distance", 1 / f.col("strength"))
