"""Puts load on a server and tells what its answers cost."""

from __future__ import annotations

import re
import subprocess
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from tests.bench.service.servers import TABLE, Server

# Each thread of wrk steps through the requests in order, so that every server gets the same ones.
_SCRIPT: Final = """
local paths = {}
for line in io.lines("PATHS") do paths[#paths + 1] = line end
local at = 0
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], {["Accept"] = "ACCEPT"})
end
function done(summary, latency, requests)
  local failed = 0
  for _, count in pairs(summary.errors) do failed = failed + count end
  io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration, failed,
    latency:percentile(50), latency:percentile(99)))
end
"""
_IDLE_SECONDS: Final = 0.02
"""Who takes less CPU time than this in a quarter of a second has nothing to do."""

_RESULT: Final = re.compile(r"^RESULT (\d+) (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Throughput:
    """Answers a second, half and 99 % of them within milliseconds, CPU milliseconds an answer, and failed requests."""

    rate: float
    p50: float
    p99: float
    cpu: float
    errors: int


@dataclass(frozen=True, slots=True)
class Once:
    """One query asked alone: milliseconds until the whole answer was there, CPU milliseconds, and its size in bytes."""

    wall: float
    cpu: float
    length: int


def throughput(
    server: Server, queries: Sequence[str], workspace: Path, *, connections: int, seconds: int
) -> Throughput:
    """What `connections` clients get that ask one query after the other for so many seconds.

    Raises:
        RuntimeError: if wrk fails.
    """
    parts = urllib.parse.urlsplit(server.url)
    paths = workspace / "paths"
    paths.write_text("".join(server.address(query).partition(parts.netloc)[2] + "\n" for query in queries))
    script = workspace / "load.lua"
    script.write_text(_SCRIPT.replace("PATHS", str(paths)).replace("ACCEPT", TABLE))
    _settle(server)
    before = server.cpu()
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", str(script), server.url],
        capture_output=True,
        text=True,
        check=False,
    )
    found = _RESULT.search(done.stdout)
    if found is None:
        raise RuntimeError(f"wrk failed: {done.stdout[-500:]} {done.stderr[-500:]}")
    requests, micros, errors, half, most = map(int, found.groups())
    spent = server.cpu() - before
    return Throughput(
        rate=requests / (micros / 1e6),
        p50=half / 1e3,
        p99=most / 1e3,
        cpu=1000 * spent / max(requests, 1),
        errors=errors,
    )


def _settle(server: Server) -> None:
    """Wait, a minute at most, until the server is done with what an earlier load has left behind."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        before = server.cpu()
        time.sleep(0.25)
        if server.cpu() - before < _IDLE_SECONDS:
            return


def warm(server: Server, queries: Sequence[str]) -> None:
    """Ask each query once."""
    with httpx.Client() as client:
        for query in queries:
            once(client, server, query)


def once(client: httpx.Client, server: Server, query: str) -> Once:
    """Ask one query.

    Raises:
        httpx.HTTPError: if it is not answered.
    """
    accept = "text/turtle" if "CONSTRUCT" in query else TABLE
    before, began = server.cpu(), time.perf_counter()
    response = client.get(server.address(query), headers={"Accept": accept}, timeout=600).raise_for_status()
    wall = time.perf_counter() - began
    return Once(wall=1000 * wall, cpu=1000 * (server.cpu() - before), length=len(response.content))
