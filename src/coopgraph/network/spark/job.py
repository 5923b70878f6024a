"""One job: from affiliations or ties to the values of measures, as one long data frame."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.network.spark import fold, graphframes, measures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pyspark.sql import DataFrame

    from coopgraph.network.projections.rules import Rule

MEASURES: Final[Mapping[str, Callable[[DataFrame, DataFrame], DataFrame]]] = {
    "degree": measures.degree,
    "strength": measures.strength,
    "pagerank": measures.pagerank,
    "core": graphframes.core,
    "clustering": graphframes.clustering,
    "component": graphframes.components,
}
PLAIN: Final = ("degree", "strength", "pagerank")
"""Those that need no more than Spark."""


def ties(rows: DataFrame, rule: Rule, nodes: DataFrame | None = None) -> tuple[DataFrame, DataFrame]:
    """The nodes (id) and the ties of what was read: affiliations are folded, ties are taken as they are.

    Ties do not tell of nodes that have none; `nodes`, with a column `id`, does.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    given = "strength" in rows.columns
    if nodes is None:
        ends = ("source", "target") if given else ("source",)
        nodes = reduce(lambda one, other: one.unionByName(other), [rows.select(f.col(end).alias("id")) for end in ends])
    found = rows if given else fold.folded(rows, rule)
    return nodes.select("id").distinct().persist(), found.persist()


def values(nodes: DataFrame, ties: DataFrame, names: Sequence[str]) -> DataFrame:
    """(id, measure, value) for every node and each of these measures.

    Raises:
        CoopgraphError: "not-found" for a measure that is not offered here, "request" if GraphFrames is missing.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        offered = ", ".join(MEASURES)
        raise CoopgraphError(
            "not-found", f"Spark does not compute {', '.join(unknown)}.", remedy=f"It computes {offered}."
        )
    found = [MEASURES[name](nodes, ties).select("id", f.lit(name).alias("measure"), "value") for name in names]
    return reduce(lambda one, other: one.unionByName(other), found)


def write(values: DataFrame, path: str, form: str) -> None:
    """Write the values in this form ("parquet" or "csv") to a directory that does not exist yet.

    Raises:
        CoopgraphError: "storage" if it exists or cannot be written.
    """
    from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra

    try:
        values.write.format(form).option("header", True).mode("errorifexists").save(path)
    except PySparkException as error:
        raise CoopgraphError("storage", f"{path} cannot be written: {str(error).splitlines()[0]}") from error
