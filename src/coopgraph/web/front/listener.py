"""Who may come in: takes in connections up to a number, ends those that take too long, and lets the rest go."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from email.utils import formatdate
from typing import TYPE_CHECKING, Any, Final

from coopgraph.web.front.connection import Connection
from coopgraph.web.front.peers import Peers
from coopgraph.web.front.turn import status_line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from coopgraph.web.front.host import Guest
    from coopgraph.web.front.turn import Turn

    Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
    Repeated = Callable[[bytes, str], bytes | None]

_TICK_SECONDS: Final = 0.5
_TRY_SECONDS: Final = 0.1
_LOOK_SECONDS: Final = 0.01
_TAKEN: Final = 65_536
_FULL: Final = b"retry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Listener:
    """Serves an ASGI application on a listening socket, in the running event loop.

    At most `connections` are open at once; those who come later wait to be let in, but those of whom `peers` says that
    they have enough are refused with 503, lest one client keeps all others out. A client has `head_seconds` for
    each request up to its body, which may take `head_bytes`, and `send_seconds` to take the end of an answer.
    `repeated` is asked first with what arrives from where: it may know the answer, all of it but status and date.
    `refused` is told the status of what is refused here, and 408 of a request that came too slowly to be answered.
    """

    def __init__(
        self,
        application: Application,
        sock: socket.socket,
        *,
        connections: int,
        peers: Peers | None = None,
        head_bytes: int,
        head_seconds: float,
        send_seconds: float,
        repeated: Repeated = lambda _asked, _peer: None,
        refused: Callable[[int], None] = lambda _status: None,
    ) -> None:
        self.loop: Final = asyncio.get_running_loop()
        self.now: Final = self.loop.time
        self.head_bytes: Final = head_bytes
        self.head_seconds: Final = head_seconds
        self.send_seconds: Final = send_seconds
        self.repeated: Final = repeated
        self.refused: Final = refused
        self.date = b""
        self._application = application
        self._socket = sock
        self._most = connections
        self._peers = Peers(0) if peers is None else peers
        self._open: set[Guest] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._arriving = 0
        self._accepting = False
        sock.setblocking(False)
        self._tick()
        self._accept_more()

    async def drain(self, seconds: float) -> None:
        """Let nobody in any more, and wait so long for those who are here to take a last answer and leave."""
        if self._most:
            self._accept_no_more()
            # The system has let some in already; closing now would throw away what they have sent.
            with contextlib.suppress(OSError):
                while self._take():
                    pass
            self._socket.close()
            self._most = 0
        for connection in tuple(self._open):
            connection.end()
        end = self.now() + seconds
        while (self._tasks or self._open) and self.now() < end:
            await asyncio.sleep(_LOOK_SECONDS)

    async def close(self, seconds: float) -> None:
        """The same, and then cut off what is not answered yet."""
        await self.drain(seconds)
        self._ticking.cancel()
        for connection in tuple(self._open):
            connection.abort()

    # What connections tell.

    @property
    def ending(self) -> bool:
        """Whether all have been told to leave."""
        return not self._most

    def came(self, connection: Guest) -> None:
        """A connection is open."""
        self._open.add(connection)
        if not self._most:
            # It was on its way in when the others were told to leave.
            connection.end()

    def left(self, connection: Guest) -> None:
        """A connection has ended, which makes room for another one."""
        self._open.discard(connection)
        self._peers.left(connection)
        if not self._accepting and self._most:
            self._accept_more()

    def answer(self, turn: Turn) -> None:
        """Have the application answer."""
        self._run(self._answer(turn))

    async def _answer(self, turn: Turn) -> None:
        try:
            await self._application(turn.scope, turn.receive, turn.send)
        finally:
            turn.end()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _tick(self) -> None:
        # First of all: whatever goes wrong with one connection, the others are looked at again.
        self._ticking = self.loop.call_later(_TICK_SECONDS, self._tick)
        self.date = f"date: {formatdate(usegmt=True)}\r\n".encode()
        now = self.now()
        for connection in [one for one in self._open if one.overdue(now)]:
            connection.abort()
        for connection in tuple(self._open):
            connection.ask_back(now)

    def _accept_more(self) -> None:
        self._accepting = True
        self.loop.add_reader(self._socket.fileno(), self._accept)

    def _accept_no_more(self) -> None:
        if self._accepting:
            self._accepting = False
            self.loop.remove_reader(self._socket.fileno())

    def _accept(self) -> None:
        if len(self._open) + self._arriving >= self._most:
            self._accept_no_more()
            return
        try:
            self._take()
        except OSError:
            # No file descriptors are left, perhaps, which gets better when clients leave.
            self._accept_no_more()
            self.loop.call_later(_TRY_SECONDS, self._retry)

    def _take(self) -> bool:
        """Take in one who waits at the socket; whether there was one."""
        try:
            accepted, (address, *_) = self._socket.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return False
        if self._peers.full(address):
            self._turn_away(accepted)
            return True
        connection = Connection(self)
        self._peers.came(connection, address)
        self._arriving += 1
        self._run(self._welcome(connection, accepted))
        return True

    def _turn_away(self, accepted: socket.socket) -> None:
        self.refused(503)
        # What has come already is taken: a connection that is closed on top of it may lose the answer.
        with accepted, contextlib.suppress(OSError):
            accepted.setblocking(False)
            accepted.send(status_line(503) + self.date + _FULL)
            accepted.shutdown(socket.SHUT_WR)
            accepted.recv(_TAKEN)

    def _retry(self) -> None:
        if not self._accepting and self._most:
            self._accept_more()

    async def _welcome(self, connection: Connection, accepted: socket.socket) -> None:
        try:
            await self.loop.connect_accepted_socket(lambda: connection, accepted)
        finally:
            self._arriving -= 1
            if connection not in self._open:
                self._peers.left(connection)
            # While it was both arriving and open, it may have taken the place of another one.
            self._retry()
