"""The jars of GraphFrames, from Maven Central."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import platformdirs
import pytest
from filelock import FileLock

from tests.servers.running import missing

VERSION = "0.12.3"
ARTIFACTS = ("graphframes-spark4_2.13", "graphframes-graphx-spark4_2.13")


def jars() -> list[Path]:
    """The library and what it builds on, fetched once into the user's cache.

    Not every mirror of Maven Central has the group io.graphframes. Where it is not to be had, no machine can run these
    tests; that is no fault of the one they run on, and they are skipped in CI as well.
    """
    directory = Path(platformdirs.user_cache_dir("coopgraph-tests")) / f"graphframes-{VERSION}"
    directory.mkdir(parents=True, exist_ok=True)
    with FileLock(directory / "lock"):
        for artifact in ARTIFACTS:
            if not (directory / f"{artifact}-{VERSION}.jar").exists():
                _fetch(artifact, directory)
    return sorted(directory.glob("*.jar"))


def _fetch(artifact: str, directory: Path) -> None:
    if shutil.which("mvn") is None:
        missing("Maven, to fetch GraphFrames,")
    wanted = f"-Dartifact=io.graphframes:{artifact}:{VERSION}"
    command = ["mvn", "-q", "-B", "-U", "dependency:copy", wanted, f"-DoutputDirectory={directory}"]
    fetched = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    if "Could not find artifact" in fetched.stdout:
        pytest.skip(f"The Maven repository in use does not have GraphFrames {VERSION}")
    if fetched.returncode:
        missing(f"GraphFrames (Maven says: {fetched.stdout[-500:]})")
