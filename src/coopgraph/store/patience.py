"""Who waits waits for so long and no longer: one timer for all."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.store.errand import Errand

_SOON: Final = 0.001
"""The loop's clock counts milliseconds, and may be ahead by one."""


class Patience:
    """Errands that wait, each for `seconds` from when it first came; `refuse` is called for those that are over it."""

    def __init__(self, seconds: float, refuse: Callable[[Errand], None]) -> None:
        self._seconds = seconds
        self._refuse = refuse
        self._waiting: dict[Errand, None] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._look_at = float("inf")

    def add(self, errand: Errand) -> None:
        """It waits from now on, or again."""
        now = time.monotonic()
        errand.due = errand.due or now + self._seconds
        self._waiting[errand] = None
        self._look_after(errand.due, now)

    def discard(self, errand: Errand) -> None:
        """It does not wait any more."""
        self._waiting.pop(errand, None)

    def close(self) -> None:
        """Refuse nobody from now on."""
        self._waiting.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _look_after(self, due: float, now: float) -> None:
        if due < self._look_at:
            if self._timer is not None:
                self._timer.cancel()
            self._look_at = due
            self._timer = asyncio.get_running_loop().call_later(due - now + _SOON, self._look)

    def _look(self) -> None:
        now, self._look_at = time.monotonic(), float("inf")
        for errand in [errand for errand in self._waiting if errand.due <= now]:
            self.discard(errand)
            self._refuse(errand)
        if self._waiting:
            self._look_after(min(errand.due for errand in self._waiting), now)
