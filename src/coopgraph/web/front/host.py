"""A connection and the server that it belongs to: what each needs of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from coopgraph.web.front.turn import Turn


class Guest(Protocol):
    """A connection, as the server sees it; `Connection` says what its methods do."""

    def overdue(self, now: float) -> bool:
        """Whether the client has taken too long."""
        ...

    def ask_back(self, now: float) -> None:
        """Find out whether the client is still there, where that is in doubt."""
        ...

    def end(self) -> None:
        """End as soon as that costs no request."""
        ...

    def abort(self) -> None:
        """End at once."""
        ...


class Host(Protocol):
    """Has requests answered, and sets the bounds for those who send them; `Listener` says what they are."""

    date: bytes

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The event loop that everything belongs to."""
        ...

    @property
    def now(self) -> Callable[[], float]:
        """The loop's clock, in seconds."""
        ...

    @property
    def head_bytes(self) -> int:
        """The most bytes of a request up to its body."""
        ...

    @property
    def head_seconds(self) -> float:
        """How long these may take."""
        ...

    @property
    def send_seconds(self) -> float:
        """How long a client may take the end of an answer."""
        ...

    @property
    def repeated(self) -> Callable[[bytes, str], bytes | None]:
        """Tells the answer to bytes that came from an address, all but status and date, if it is known."""
        ...

    @property
    def refused(self) -> Callable[[int], None]:
        """Is told the status of what is refused before it is a request."""
        ...

    @property
    def ending(self) -> bool:
        """Whether all connections are being ended."""
        ...

    def came(self, connection: Guest) -> None:
        """A connection is open."""
        ...

    def left(self, connection: Guest) -> None:
        """A connection has ended."""
        ...

    def answer(self, turn: Turn) -> None:
        """Have a request answered."""
        ...
