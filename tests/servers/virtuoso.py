"""Virtuoso Open Source, from Debian."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from coopgraph.store.remote.service import RemoteService
from tests.servers.running import Server, free_port, missing

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS = """
[Database]
DatabaseFile = {directory}/virtuoso.db
ErrorLogFile = {directory}/virtuoso.log
LockFile = {directory}/virtuoso.lck
TransactionFile = {directory}/virtuoso.trx
xa_persistent_file = {directory}/virtuoso.pxa
ErrorLogLevel = 3
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {directory}/temporary.db
TransactionFile = {directory}/temporary.trx
FileExtend = 200
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
ServerThreads = 20
CheckpointInterval = 0
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
SchedulerInterval = 0
MaxSortedTopRows = 1000001

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
MaxClientConnections = 10
ServerRoot = {directory}

[SPARQL]
ResultSetMaxRows = {rows}
"""


def virtuoso(directory: Path, *, rows: int = 100_000_000) -> Server:
    """A server, not yet started, that cuts its answers after `rows` rows."""
    program = shutil.which("virtuoso-t")
    if program is None:
        missing("Virtuoso")
    port, sql_port = free_port(), free_port()
    settings = directory / "virtuoso.ini"
    settings.write_text(_SETTINGS.format(directory=directory, port=port, sql_port=sql_port, rows=rows))
    url = f"http://127.0.0.1:{port}/sparql"
    service = RemoteService(
        query=url,
        update=f"{url}-auth",
        graphs=f"{url}-graph-crud-auth",
        user="dba",
        password="dba",  # noqa: S106 - as it is shipped
    )
    return Server("Virtuoso", [program or "", "-f", "-c", str(settings)], directory, port, service)
