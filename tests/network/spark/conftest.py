"""A cluster of two workers on this machine."""

from __future__ import annotations

import gc
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.servers.running import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

WORKERS = "local-cluster[2,1,1024]"
"""Two workers, each a process with one core and a gigabyte."""


@pytest.fixture(scope="session", autouse=True)
def java() -> None:
    if shutil.which("java") is None:
        missing("Java, which Spark runs on,")
    try:
        import pyspark  # noqa: F401
    except ImportError:
        missing("PySpark")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    from coopgraph.network.spark.session import session

    with session(WORKERS, scratch=tmp_path_factory.mktemp("scratch")) as made:
        made.conf.set("spark.sql.shuffle.partitions", "2")
        yield made


@pytest.fixture(autouse=True)
def _swept() -> Iterator[None]:
    """Let the bridge to Java drop its connections here, where the tests allow for it."""
    yield
    gc.collect()
