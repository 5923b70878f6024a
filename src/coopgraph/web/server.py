"""The server around the front: one process, one event loop, a beginning and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from typing import TYPE_CHECKING, Final

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from coopgraph.errors import CoopgraphError
from coopgraph.web.asgi import Front
from coopgraph.web.journal import Journal, Messages

try:
    import uvloop
except ImportError:
    # It is faster, but does not run on every system.
    _run = asyncio.run
else:
    _run = uvloop.run

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.settings import Settings

_LOOK_SECONDS: Final = 0.02
_QUIET_SECONDS: Final = 0.2
_FAREWELL_SECONDS: Final = 1.0
"""How long clients that come again and again are told to come no more before nobody is let in."""

_END_SECONDS: Final = 5.0


def run(settings: Settings, host: str, port: int, *, level: int, say: Callable[[str], object]) -> None:
    """Serve until a signal comes, and then until what runs has ended; `say` is told once where the service is."""
    _run(_serve(settings, host, port, level, say))


async def _serve(chosen: Settings, host: str, port: int, level: int, say: Callable[[str], object]) -> None:
    """Serve until a signal comes, and then until what runs has ended."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    journal = Journal(sys.stderr)
    try:
        front = Front(chosen, journal=journal if level <= logging.INFO else None)
        await front.start()
        server = _server(front, host, port)
        serving = asyncio.create_task(server.serve())
        try:
            await _reached(host, port, serving)
            say(f"Serving at http://{_shown(host)}:{port}/")
            logging.basicConfig(level=level, handlers=[Messages(journal)], force=True)
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            await _farewell(front, chosen.stop_seconds)
        finally:
            await _end(front, server, serving)
    finally:
        journal.close()


def _server(front: Front, host: str, port: int) -> Server:
    limits = front.settings
    return Server(
        front,
        address=host,
        port=port,
        # Beginning and end are ours, since a server that tells of itself in its log cannot tell the command.
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        backlog=max(128, min(limits.connections, 4096)),
        backpressure=limits.connections,
        http1_settings=HTTP1Settings(
            header_read_timeout=int(limits.request_seconds * 1000),
            # The front refuses with a reason what is too long; this stops what is out of all proportion.
            max_buffer_size=2 * (limits.url_bytes + limits.header_bytes) + 8192,
        ),
        log_enabled=False,
    )


async def _reached(host: str, port: int, serving: asyncio.Task[None]) -> None:
    """Wait until the service can be reached.

    Raises:
        CoopgraphError: "address" if the server has ended instead.
    """
    while not serving.done():
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(_shown(host).strip("[]"), port)
            writer.close()
            await writer.wait_closed()
            return
        await asyncio.sleep(_LOOK_SECONDS)
    raise CoopgraphError("address", f"Cannot listen at {host}:{port}.", remedy="Give another one by --bind.")


async def _end(front: Front, server: Server, serving: asyncio.Task[None]) -> None:
    """Let nobody in, let what runs end, as long as it may, and then end the readers."""
    server.stop()  # type: ignore[no-untyped-call]
    await asyncio.wait({serving}, timeout=front.settings.stop_seconds)
    await front.close()
    # Whoever was still being answered has been told that it is over.
    await asyncio.wait({serving}, timeout=_END_SECONDS)


def _shown(host: str) -> str:
    """The host as it is reached from here, for an address."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"[{reached}]" if ":" in reached else reached


async def _farewell(front: Front, seconds: float) -> None:
    """Let clients go with their next answer, until none comes any more or the time is over.

    A connection that is closed while a request is on its way would cost that request.
    """
    front.stopping = True
    loop = asyncio.get_running_loop()
    end = loop.time() + min(seconds, _FAREWELL_SECONDS)
    quiet_until = loop.time() + _QUIET_SECONDS
    while loop.time() < min(end, quiet_until):
        await asyncio.sleep(_LOOK_SECONDS)
        if front.running:
            quiet_until = loop.time() + _QUIET_SECONDS
