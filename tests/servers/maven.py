"""Programs of others, from Maven Central."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import platformdirs
from filelock import FileLock

from tests.servers.running import missing


class NotPublishedError(Exception):
    """The repository in use does not have the artifact."""


def jar(name: str, artifact: str, file: str) -> Path:
    """The file of an artifact (group:name:version…), fetched once into the user's cache; `name` is for people.

    Without Java or Maven, or if Maven fails, the test is skipped; where everything must be there, it fails.

    Raises:
        NotPublishedError: if Maven works and the repository has no such artifact.
    """
    if shutil.which("java") is None:
        missing("Java")
    directory = Path(platformdirs.user_cache_dir("coopgraph-tests"))
    path = directory / file
    directory.mkdir(parents=True, exist_ok=True)
    with FileLock(directory / f"{file}.lock"):
        if not path.exists():
            if shutil.which("mvn") is None:
                missing(f"Maven, to fetch {name},")
            fetched = subprocess.run(
                ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={directory}"],
                capture_output=True,
                text=True,
                timeout=280,
                check=False,
            )
            if "Unable to find artifact" in fetched.stdout:
                raise NotPublishedError(artifact)
            if fetched.returncode or not path.exists():
                missing(f"{name} (Maven says: {fetched.stdout[-500:]})")
    return path
