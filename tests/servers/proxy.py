"""nginx before several services, from Debian."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

from tests.servers.running import START_SECONDS, missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_SETTINGS = """
daemon off;
master_process off;
pid {directory}/nginx.pid;
error_log {directory}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {directory}/body;
  proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi;
  uwsgi_temp_path {directory}/uwsgi;
  scgi_temp_path {directory}/scgi;
  upstream coopgraph {{
{servers}
    keepalive 16;
  }}
  server {{
    listen 127.0.0.1:{port};
    large_client_header_buffers 4 64k;
    location / {{
      proxy_pass http://coopgraph;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_connect_timeout 2s;
      proxy_next_upstream error timeout;
      proxy_read_timeout 150s;
      client_max_body_size 100m;
    }}
  }}
}}
"""


@contextlib.contextmanager
def proxy(directory: Path, upstreams: Sequence[str], port: int) -> Iterator[str]:
    """The address of a proxy that hands requests to these (host:port) in turn, and to another one if one fails."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        missing("nginx")
    servers = "\n".join(f"    server {upstream} max_fails=1 fail_timeout=2s;" for upstream in upstreams)
    settings = directory / "nginx.conf"
    settings.write_text(_SETTINGS.format(directory=directory, servers=servers, port=port))
    command = [program or "", "-p", str(directory), "-e", str(directory / "error.log"), "-c", str(settings)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + START_SECONDS
        while not _answers(port):
            assert process.poll() is None, (directory / "error.log").read_text()
            assert time.monotonic() < end
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(port: int) -> bool:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
