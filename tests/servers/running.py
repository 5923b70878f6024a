"""Starts and stops the process of a service."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coopgraph.store.remote.service import RemoteService

START_SECONDS = 90


@dataclass
class Server:
    """A service that can be killed and started again at the same place; it begins without a process."""

    name: str
    command: Sequence[str]
    directory: Path
    port: int
    service: RemoteService
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers a query."""
        with (self.directory / "output").open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.directory,
                env=os.environ | self.environment,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
            )
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            said = (self.directory / "output").read_text(errors="replace")[-2000:]
            assert self.process.poll() is None, f"{self.name} ended: {said}"
            assert time.monotonic() < end, f"{self.name} does not answer: {said}"
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a lost machine would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=30)
            self.process = None

    def _answers(self) -> bool:
        path = self.service.query.partition(f":{self.port}")[2]
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            try:
                connection.request("GET", path + "?query=ASK%7B%7D")
                return connection.getresponse().status == 200
            except (OSError, http.client.HTTPException):
                return False


def free_port() -> int:
    """A port of loopback that nobody listens at now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def missing(what: str) -> None:
    """Skip the test for the lack of something; fail where everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")
