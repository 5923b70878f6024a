"""The servers that are compared: each loaded with the same file, started on loopback and stopped again."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import venv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import httpx

from tests.bench.meter import ROOT

START_SECONDS: Final = 120.0
BARE: Final = "oxigraph serve"
OURS: Final = "coopgraph, uncached"
CACHED: Final = "coopgraph, cached"
TABLE: Final = "application/sparql-results+json"
RDFLIB: Final = "rdflib-endpoint"
VIRTUOSO: Final = "virtuoso"
PROXIED: Final = "nginx before oxigraph serve"

_DEFAULT_GRAPH: Final = "urn:default"
_VIRTUOSO: Final = """\
[Database]
DatabaseFile = {db}/virtuoso.db
ErrorLogFile = {db}/virtuoso.log
LockFile = {db}/virtuoso.lck
TransactionFile = {db}/virtuoso.trx
xa_persistent_file = {db}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {db}/temp.db
TransactionFile = {db}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{own}
DirsAllowed = {read}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
MaxClientConnections = 100
ThreadsPerQuery = 2
MaxQueryMem = 2G
[HTTPServer]
ServerPort = 127.0.0.1:{site.port}
ServerRoot = {db}
ServerThreads = 80
MaxKeepAlives = 80
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryExecutionTime = 600
"""
_NGINX: Final = """\
daemon off;
worker_processes 2;
pid {place}/nginx.pid;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {place}/body;
  proxy_temp_path {place}/proxy;
  fastcgi_temp_path {place}/fastcgi;
  uwsgi_temp_path {place}/uwsgi;
  scgi_temp_path {place}/scgi;
  keepalive_requests 1000000000;
  upstream engine {{ server 127.0.0.1:{engine}; keepalive 128; keepalive_requests 1000000000; }}
  server {{
    listen 127.0.0.1:{site.port};
    location / {{ proxy_pass http://engine; proxy_http_version 1.1; proxy_set_header Connection ""; }}
  }}
}}
"""
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, its first process, and what every request to it must carry."""

    name: str
    url: str
    pid: int
    parameters: Mapping[str, str]

    def address(self, query: str) -> str:
        """The URL that asks this query."""
        return f"{self.url}?{urllib.parse.urlencode({'query': query, **self.parameters})}"

    def cpu(self) -> float:
        """The CPU seconds that the process and its descendants have spent so far, those that ended included."""
        return sum(_spent(pid) for pid in _family(self.pid))

    def resident(self) -> int:
        """The resident bytes of the process and its descendants."""
        return sum(_resident(pid) for pid in _family(self.pid))


@dataclass(frozen=True, slots=True)
class Site:
    """Where a server works: the file that it serves, a directory of its own, and the first of two free ports."""

    lines: Path
    place: Path
    port: int

    def at(self, path: str) -> str:
        """The URL of a path of the server."""
        return f"http://127.0.0.1:{self.port}{path}"


class Kind:
    """A server that can be compared; `largest` is the most quads that it can be given here."""

    name: str
    largest: int = sys.maxsize
    parameters: Mapping[str, str] = MappingProxyType({})
    environment: Mapping[str, str] = MappingProxyType({})
    path = "/sparql"

    def prepare(self, site: Site) -> None:
        """What is done once before the server starts."""

    def command(self, site: Site) -> list[str | Path]:
        """What starts it."""
        raise NotImplementedError

    def settle(self, site: Site) -> None:
        """What is done once it runs."""


class Oxigraph(Kind):
    """The bare engine's own server."""

    name = BARE
    path = "/query"

    def prepare(self, site: Site) -> None:
        """Load and optimise."""
        _run([_tool("oxigraph"), "load", "--location", site.place / "store", "--file", site.lines])
        _run([_tool("oxigraph"), "optimize", "--location", site.place / "store"])

    def command(self, site: Site) -> list[str | Path]:
        """Serve the store for reading."""
        bind = f"127.0.0.1:{site.port}"
        return [_tool("oxigraph"), "serve-read-only", "--location", site.place / "store", "--bind", bind]


class Proxied(Oxigraph):
    """The same behind nginx: what it costs, at least, that each answer passes two processes."""

    name = PROXIED

    def command(self, site: Site) -> list[str | Path]:
        """Serve the store, and pass on what is asked."""
        engine = replace(site, port=site.port + 1)
        served = shlex.join(map(str, super().command(engine)))
        settings = site.place / "nginx.conf"
        settings.write_text(_NGINX.format(place=site.place, engine=engine.port, site=site))
        return ["sh", "-c", f"{served} & exec {shlex.join([_tool('nginx'), '-c', str(settings)])}"]


class Coopgraph(Kind):
    """Our service, its answers kept."""

    name = CACHED

    def prepare(self, site: Site) -> None:
        """Publish a release."""
        _run([sys.executable, "-m", "tests.bench.steps", "publish", site.lines, site.place / "data"])

    def command(self, site: Site) -> list[str | Path]:
        """Serve it."""
        serve = [sys.executable, "-m", "coopgraph.cli", "serve", "--data", site.place / "data"]
        return [*serve, "--bind", f"127.0.0.1:{site.port}"]


class CoopgraphUncached(Coopgraph):
    """Our service, each answer computed."""

    name = OURS
    environment = MappingProxyType({"COOPGRAPH_CACHE_BYTES": "0"})


class RdflibEndpoint(Kind):
    """rdflib-endpoint as it starts from its command line, in an environment of its own kept in `cache`."""

    name = RDFLIB
    path = "/"
    # It holds everything in Python objects: ten million quads would take more than ten gigabytes.
    largest = 2_000_000

    def __init__(self, cache: Path) -> None:
        self._home = cache / "rdflib-endpoint"

    def prepare(self, site: Site) -> None:
        """Install it, which needs other versions of web libraries than the tests."""
        if not (self._home / "bin" / "rdflib-endpoint").exists():
            venv.create(self._home, with_pip=True)
            _run([self._home / "bin" / "pip", "install", "-q", "rdflib-endpoint[cli]"])

    def command(self, site: Site) -> list[str | Path]:
        """Read the file and serve it."""
        serve = [self._home / "bin" / "rdflib-endpoint", "serve", "--host", "127.0.0.1"]
        return [*serve, "--port", str(site.port), site.lines]


class Virtuoso(Kind):
    """Virtuoso, with memory as its documentation advises for two gigabytes."""

    name = VIRTUOSO
    # Without a graph it answers from all of them.
    parameters = MappingProxyType({"default-graph-uri": _DEFAULT_GRAPH})

    def prepare(self, site: Site) -> None:
        """Write its configuration."""
        db = site.place / "db"
        db.mkdir()
        (db / "virtuoso.ini").write_text(_VIRTUOSO.format(db=db, site=site, own=site.port + 1, read=site.lines.parent))

    def command(self, site: Site) -> list[str | Path]:
        """Serve an empty database."""
        return ["virtuoso-t", "+foreground", "+configfile", site.place / "db" / "virtuoso.ini"]

    def settle(self, site: Site) -> None:
        """Load the file."""
        end = time.monotonic() + START_SECONDS
        while _isql(site, "SELECT 1;").returncode != 0:
            if time.monotonic() > end:
                raise RuntimeError("virtuoso does not come up")
            time.sleep(0.5)
        folder, name = site.lines.parent, site.lines.name
        _isql(site, f"ld_dir('{folder}', '{name}', '{_DEFAULT_GRAPH}'); rdf_loader_run(); checkpoint;")
        failed = "select ll_error from DB.DBA.LOAD_LIST where ll_error is not null or ll_state <> 2;"
        told = _isql(site, failed).stdout
        if "0 Rows." not in told:
            raise RuntimeError(f"virtuoso did not load: {told[-2000:]}")


@contextlib.contextmanager
def running(kind: Kind, site: Site) -> Iterator[Server]:
    """The server over its file, ready to answer.

    Raises:
        RuntimeError: if it does not come up.
    """
    log = site.place / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            list(map(str, kind.command(site))),
            cwd=ROOT,
            stdout=stream,
            stderr=stream,
            env=os.environ | kind.environment,
            start_new_session=True,
        )
    try:
        kind.settle(site)
        server = Server(kind.name, site.at(kind.path), process.pid, kind.parameters)
        _await(server, process, log)
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def kinds(cache: Path) -> tuple[Kind, ...]:
    """All servers that can be had on this machine; `cache` holds what has to be installed for one of them."""
    found: list[Kind] = [Oxigraph(), CoopgraphUncached(), Coopgraph(), RdflibEndpoint(cache)]
    if shutil.which("nginx"):
        found.append(Proxied())
    if shutil.which("virtuoso-t") and shutil.which("isql-vt"):
        found.append(Virtuoso())
    return tuple(found)


def _isql(site: Site, statement: str) -> subprocess.CompletedProcess[str]:
    command = ["isql-vt", f"127.0.0.1:{site.port + 1}", "dba", "dba", f"EXEC={statement}"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _await(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(server.address("ASK {}"), headers={"Accept": TABLE}, timeout=START_SECONDS).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError(f"{server.name} does not come up: {log.read_text(errors='replace')[-2000:]}")


def _tool(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else name


def _run(command: list[str | Path]) -> None:
    subprocess.run(list(map(str, command)), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def free_port() -> int:
    """A port of the loopback address that nobody listens at, nor at the next one."""
    # Two in a row: one of the servers wants a second one.
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port


def _family(pid: int) -> list[int]:
    children: list[str] = []
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return []
    for task in tasks:
        # A thread may end while it is looked at.
        with contextlib.suppress(OSError):
            children += (task / "children").read_text(encoding="ascii").split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _spent(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    # User and system time, its own and that of children that it has waited for.
    return sum(map(int, fields[11:15])) / _TICKS


def _resident(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
