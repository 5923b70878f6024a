"""A session with a Spark cluster."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pyspark.sql import SparkSession


@contextlib.contextmanager
def session(master: str | None, *, jars: Sequence[Path] = (), scratch: Path) -> Iterator[SparkSession]:
    """A session with the cluster at this address, ended with the context; None: the one Spark is configured for.

    `jars` are given to every worker. `scratch`, which all workers must reach if there are several machines, is where
    long computations write what they have so far.

    Raises:
        CoopgraphError: "not-installed" without PySpark, "store-lost" if the cluster cannot be reached.
    """
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as error:
        raise CoopgraphError(
            "not-installed",
            "Spark is not installed here.",
            remedy="Install coopgraph[spark]; Spark itself needs Java 17.",
        ) from error
    builder = SparkSession.builder.appName("coopgraph").config("spark.ui.enabled", "false")
    if master is not None:
        builder = builder.master(master)
    if jars:
        builder = builder.config("spark.jars", ",".join(str(jar.resolve()) for jar in jars))
    try:
        spark = builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        raise CoopgraphError(
            "store-lost", f"No session with Spark: {str(error).splitlines()[0]}", remedy="Look at --master and at Java."
        ) from error
    try:
        spark.sparkContext.setLogLevel("ERROR")
        spark.sparkContext.setCheckpointDir(str(scratch))
        yield spark
    finally:
        spark.stop()
