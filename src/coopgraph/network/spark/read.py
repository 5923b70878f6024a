"""Read affiliations and ties as data frames, from what `coopgraph export` has written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coopgraph import terms
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# One statement of the default graph with an IRI as its object. IRIs in canonical N-Quads hold no angle brackets.
_FACT: Final = r"^<([^>]*)> <([^>]*)> <([^>]*)> \.$"
_PATTERN: Final = re.compile(r"\?(source|target) (\S+) \?(source|target)")


def facts(spark: SparkSession, path: str, pattern: str, *, base: str = terms.BASE) -> DataFrame:
    """The affiliations (source, target) among the facts of an N-Quads file, such as "?target cg:participant ?source".

    Facts are closed under sub-properties, so that one pattern finds every role.

    Raises:
        CoopgraphError: "request" for another kind of pattern.
        KeyError: for an unknown prefix.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    matched = _PATTERN.fullmatch(pattern)
    if matched is None or matched[1] == matched[3]:
        raise CoopgraphError(
            "request",
            f"{pattern!r} is no pattern of one fact that joins ?source and ?target.",
            remedy="Export the affiliations of this projection as Parquet and read those.",
        )
    prefix, _, name = matched[2].partition(":")
    predicate = terms.rebase(terms.PREFIXES[prefix], base) + name
    lines = spark.read.text(path)
    parts = [f.regexp_extract("value", _FACT, group) for group in (1, 2, 3)]
    triples = lines.select(parts[0].alias(matched[1]), parts[1].alias("predicate"), parts[2].alias(matched[3]))
    return triples.where(f.col("predicate") == predicate).select("source", "target").distinct()


def parquet(spark: SparkSession, path: str) -> DataFrame:
    """The rows of a Parquet file: affiliations, or ties if there is a column `strength`.

    Raises:
        CoopgraphError: "request" without the columns `source` and `target`.
    """
    return _with(spark, path, {"source", "target"}, "affiliations.parquet")


def nodes(spark: SparkSession, path: str) -> DataFrame:
    """The rows of a Parquet file of nodes.

    Raises:
        CoopgraphError: "request" without the column `id`.
    """
    return _with(spark, path, {"id"}, "nodes.parquet")


def _with(spark: SparkSession, path: str, columns: set[str], form: str) -> DataFrame:
    from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra

    try:
        rows = spark.read.parquet(path)
    except PySparkException as error:
        raise CoopgraphError("request", f"{path} cannot be read: {str(error).splitlines()[0]}") from error
    if not columns <= set(rows.columns):
        raise CoopgraphError(
            "request",
            f"{path} has no columns {', '.join(sorted(columns))}.",
            remedy=f"Write it with `coopgraph export -f {form}`.",
        )
    return rows
