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
    rows = spark.read.parquet(path)
    if not {"source", "target"} <= set(rows.columns):
        raise CoopgraphError(
            "request", f"{path} has no columns source and target.", remedy="Write it with `coopgraph export`."
        )
    return rows
