"""Starts real servers on free ports and stops them."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

from tests.conformance.client import Server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TOKEN: Final = "a-token-for-tests-of-conformance"  # noqa: S105 - it guards nothing
_START_SECONDS: Final = 60
_STOP_SECONDS: Final = 20
_SCRIPTS: Final = Path(sys.executable).parent


@contextlib.contextmanager
def coopgraph(directory: Path, *, options: Sequence[str] = ("--gate", "none", "--empty")) -> Iterator[Server]:
    """This project's own service, writable, over a plain RDF dataset in the directory."""
    address = f"127.0.0.1:{_free_port()}"
    command = [sys.executable, "-m", "coopgraph.cli", "serve", "--bind", address, "--writable", *options]
    settings = {"COOPGRAPH_DATA": str(directory / "data"), "COOPGRAPH_TOKEN": TOKEN}
    root = f"http://{address}"
    with (
        _running(command, directory / "log", root + "/readyz", settings),
        Server(root + "/sparql", root + "/update", root + "/store", TOKEN) as server,
    ):
        yield server


@contextlib.contextmanager
def oxigraph(directory: Path) -> Iterator[Server]:
    """The server that comes with the engine.

    Raises:
        FileNotFoundError: if it is not installed.
    """
    program = shutil.which("oxigraph", path=os.pathsep.join((str(_SCRIPTS), os.environ.get("PATH", ""))))
    if program is None:
        raise FileNotFoundError("oxigraph")
    address = f"127.0.0.1:{_free_port()}"
    command = [program, "serve", "--location", str(directory / "data"), "--bind", address]
    root = f"http://{address}"
    with (
        _running(command, directory / "log", root + "/", {}),
        Server(root + "/query", root + "/update", root + "/store") as server,
    ):
        yield server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _running(command: Sequence[str], log: Path, sign_of_life: str, settings: Mapping[str, str]) -> Iterator[None]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COOPGRAPH_")}
    with log.open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=written, env={**inherited, **settings})
        try:
            _wait(process, log, sign_of_life)
            yield
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], log: Path, sign_of_life: str) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(sign_of_life, timeout=5).is_success:
                return
        time.sleep(0.05)
    raise RuntimeError(f"The server does not serve: {log.read_text(errors='replace')[-2000:]}")
