"""The whole service without a socket: its own event loop in a thread, and a client that waits for answers."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Any, cast

from a2wsgi import ASGIMiddleware
from werkzeug.test import Client

from coopgraph.web.front.asgi import Front

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

    from coopgraph.settings import Settings


@contextlib.contextmanager
def running(settings: Settings) -> Iterator[tuple[Front, Client]]:
    """The service with these settings, until the context ends."""
    front, loop = Front(settings), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait(work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(60)

    wait(front.start())
    try:
        yield front, _Client(cast("Any", ASGIMiddleware(cast("Any", _Raw(front)), loop=loop)))
    finally:
        wait(front.close())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


class _Client(Client):
    """Waits for whole answers."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        """The answer to a request."""
        return super().open(*arguments, **({"buffered": True} | options))


class _Raw:
    """Completes what the adapter leaves out of the requests it makes."""

    def __init__(self, front: Front) -> None:
        self._front = front

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        scope.setdefault("raw_path", scope["path"].encode())
        await self._front(scope, receive, send)
