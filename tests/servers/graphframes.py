"""The jars of GraphFrames, from Maven Central."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.servers import maven

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "0.12.3"
ARTIFACTS = ("graphframes-spark4_2.13", "graphframes-graphx-spark4_2.13")


def jars() -> list[Path]:
    """The library and what it builds on.

    Not every mirror of Maven Central has the group io.graphframes. Where it is not to be had, no machine can run these
    tests; that is no fault of the one they run on, and they are skipped wherever it is.
    """
    try:
        return [
            maven.jar("GraphFrames", f"io.graphframes:{one}:{VERSION}", f"{one}-{VERSION}.jar") for one in ARTIFACTS
        ]
    except maven.NotPublishedError:
        pytest.skip(f"The Maven repository in use does not have GraphFrames {VERSION}")
