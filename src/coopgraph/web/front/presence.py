"""Whether the client still waits for its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

PRESENCE: Final = "coopgraph.presence"
"""The name in a scope of the presence of its client."""


class Presence:
    """The presence of one client for one request; `gone` tells that it has left."""

    __slots__ = ("_on_leave", "gone")

    def __init__(self) -> None:
        self.gone = False
        self._on_leave: Callable[[], object] | None = None

    def leave(self) -> None:
        """The client has left."""
        self.gone = True
        if self._on_leave is not None:
            self._on_leave()

    def watch(self, on_leave: Callable[[], object]) -> Self:
        """A context in which `on_leave` is called, once, if the client leaves or has left; not within another one."""
        self._on_leave = on_leave
        return self

    def __enter__(self) -> None:
        if self.gone:
            self.leave()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._on_leave = None
