"""Apache Jena Fuseki, from Maven Central, in memory."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from filelock import FileLock

from coopgraph.store.remote_service import RemoteService
from tests.servers.running import Server, free_port, missing

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = "5.6.0"
"""The last line of versions that runs on Java 17."""


def jar() -> Path:
    """The runnable server, fetched once into the user's cache."""
    if shutil.which("java") is None:
        missing("Java")
    directory = Path(platformdirs.user_cache_dir("coopgraph-tests"))
    path = directory / f"jena-fuseki-server-{VERSION}.jar"
    directory.mkdir(parents=True, exist_ok=True)
    with FileLock(directory / "fuseki.lock"):
        if not path.exists():
            if shutil.which("mvn") is None:
                missing("Maven, to fetch Apache Jena Fuseki,")
            artifact = f"org.apache.jena:jena-fuseki-server:{VERSION}"
            fetched = subprocess.run(
                ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={directory}"],
                capture_output=True,
                text=True,
                timeout=280,
                check=False,
            )
            if fetched.returncode or not path.exists():
                missing(f"Apache Jena Fuseki (Maven says: {fetched.stdout[-500:]})")
    return path


def fuseki(directory: Path, *, persistent: bool = False, options: Sequence[str] = ()) -> Server:
    """A server, not yet started, that keeps its data in memory or, to survive a restart, in `directory`."""
    port = free_port()
    database = directory / "database"
    database.mkdir()
    where = ["--tdb2", f"--loc={database}"] if persistent else ["--mem"]
    command = ["java", "-Xmx700m", "-jar", str(jar()), "--localhost", f"--port={port}", "--update", *options]
    url = f"http://127.0.0.1:{port}/ds"
    service = RemoteService(query=f"{url}/query", update=f"{url}/update", graphs=f"{url}/data")
    environment = {"FUSEKI_BASE": str(directory / "base")}
    return Server("Fuseki", [*command, *where, "/ds"], directory, port, service, environment)
