"""Apache Jena Fuseki, from Maven Central, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.store.remote.service import RemoteService
from tests.servers import maven
from tests.servers.running import Server, free_port

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VERSION = "5.6.0"
"""The last line of versions that runs on Java 17."""


def jar() -> Path:
    """The runnable server, fetched once into the user's cache."""
    artifact = f"org.apache.jena:jena-fuseki-server:{VERSION}"
    return maven.jar("Apache Jena Fuseki", artifact, f"jena-fuseki-server-{VERSION}.jar")


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
