"""The server around the front: one process, one event loop, a beginning and an orderly end."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
import sys
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.web.front.asgi import Front
from coopgraph.web.front.exchange import Proxies
from coopgraph.web.front.journal import Journal, Messages
from coopgraph.web.front.listener import Listener
from coopgraph.web.front.peers import Peers

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

_END_SECONDS: Final = 5.0
_SWITCH_SECONDS: Final = 0.0005


def run(settings: Settings, host: str, port: int, *, level: int, say: Callable[[str], object]) -> None:
    """Serve until a signal comes, and then until what runs has ended; `say` is told once where the service is."""
    _run(_serve(settings, host, port, level, say))


async def _serve(chosen: Settings, host: str, port: int, level: int, say: Callable[[str], object]) -> None:
    """Serve until a signal comes, and then until what runs has ended."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    # Beside threads that compute, the event loop gets its turn after this time and not after five milliseconds.
    sys.setswitchinterval(_SWITCH_SECONDS)
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    journal = Journal(sys.stderr)
    try:
        front = Front(chosen, journal=journal if level <= logging.INFO else None)
        await front.start()
        # What is there now stays to the end. Looking through it for garbage, again and again, would stop everybody.
        gc.freeze()
        try:
            listener = _listener(front, host, port)
        except OSError as error:
            await front.close()
            raise CoopgraphError(
                "address", f"Cannot listen at {host}:{port}: {error.strerror}.", remedy="Give another one by --bind."
            ) from error
        try:
            say(f"Serving at http://{_shown(host)}:{port}/")
            logging.basicConfig(level=level, handlers=[Messages(journal)], force=True)
            await stop.wait()
            front.stopping = True
        finally:
            await listener.drain(chosen.stop_seconds)
            # Whoever is still being answered is told now that it is over.
            await front.close()
            await listener.close(_END_SECONDS)
    finally:
        journal.close()


def _listener(front: Front, host: str, port: int) -> Listener:
    limits = front.settings
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    backlog = max(128, min(limits.connections, 4096))
    return Listener(
        front,
        socket.create_server((host.strip("[]"), port), family=family, backlog=backlog),
        connections=limits.connections,
        # Behind the address of a proxy are many clients.
        peers=Peers(limits.client_connections, Proxies(limits.proxies or ()).trusts),
        # The front refuses with a reason what is too long; this stops what is out of all proportion.
        head_bytes=2 * (limits.url_bytes + limits.header_bytes) + 8192,
        head_seconds=limits.request_seconds,
        send_seconds=limits.send_seconds,
        repeated=front.repeated,
        refused=front.refused,
    )


def _shown(host: str) -> str:
    """The host as it is reached from here, for an address."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"[{reached}]" if ":" in reached else reached
