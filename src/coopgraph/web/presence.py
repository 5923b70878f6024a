"""Whether the client still waits: it is watched only when an answer takes so long that leaving is worth noticing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from coopgraph.web.arrival import Receive

_PATIENCE: Final = 0.05
"""Seconds after which the watch begins: most answers are there by then, and a watch costs more than they do."""


class Watch:
    """A context in which `on_leave` is called, once, if the client leaves; its whole body must have been received."""

    __slots__ = ("_on_leave", "_receive", "_timer", "_waiting")

    def __init__(self, receive: Receive, on_leave: Callable[[], None]) -> None:
        self._receive = receive
        self._on_leave = on_leave
        self._waiting: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        self._timer = asyncio.get_running_loop().call_later(_PATIENCE, self._look)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._waiting is not None:
            self._waiting.cancel()

    def _look(self) -> None:
        self._waiting = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        # Whoever leaves the context because of this must not cancel what is ending anyway.
        self._waiting = None
        self._on_leave()
