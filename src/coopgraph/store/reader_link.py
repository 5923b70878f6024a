"""A reader process and the connection to it: starting it, bytes to it, replies from it, and its end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from collections import deque
from typing import TYPE_CHECKING, Final, Protocol

from coopgraph import settings
from coopgraph.store.spool import Spooled
from coopgraph.store.wire import REPLY, Kind, reply_head

if TYPE_CHECKING:
    from coopgraph.store.limits import Limits
    from coopgraph.store.wire import Head

_STEP_BACK: Final = 5
_PART: Final = 1 << 16
_REAP_SECONDS: Final = 0.005
_TUNED: Final = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=2000"}
"""The engine asks for many small pieces of memory; with more of them at hand, which glibc can keep, it is quicker.

What an operator has set stays as it is.
"""

_ROOM_FOR_ONE_FILE: Final = socket.CMSG_SPACE(4)


class Told(Protocol):
    """Who hears of a process."""

    def replied(self, head: Head, media_type: str, content: bytes | Spooled) -> None:
        """It has sent a whole reply."""
        ...

    def closed(self) -> None:
        """It has closed the connection, and is about to be gone."""
        ...

    def ended(self, status: int) -> None:
        """It is gone, with this status, and its memory is free."""
        ...


class ReaderLink:
    """A process that reads stores; belongs to the running event loop.

    Raises:
        OSError: if no process can be started.
    """

    def __init__(self, limits: Limits, told: Told) -> None:
        self._loop = asyncio.get_running_loop()
        self._inline = limits.inline
        self._told = told
        ours, theirs = socket.socketpair()
        with theirs:
            # A new interpreter instead of a fork: the parent may have threads, which a fork would tear apart.
            command = [sys.executable, "-P", "-m", "coopgraph.store.reader_process"]
            numbers = (limits.memory, limits.rows, limits.size, limits.inline)
            try:
                # In a group of its own, since a terminal's interrupt could come before it has learnt to ignore one.
                self._process: Final = subprocess.Popen(
                    [*command, *map(str, numbers)],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    env=_TUNED | settings.surroundings(),
                    process_group=0,
                )
            except OSError:
                ours.close()
                raise
        ours.setblocking(False)
        self._socket = ours
        # Kept, since the allocator tidies itself up whenever so much is asked of it.
        self._part = memoryview(bytearray(_PART))
        self._received = bytearray()
        self._files: deque[int] = deque()
        self._unsent = memoryview(b"")
        self._priority: int | None = None
        self._loop.add_reader(ours.fileno(), self._readable)

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def send(self, message: bytes) -> bool:
        """Send the bytes, behind those that could not be sent yet; False if the process has ended."""
        if self._unsent:
            self._unsent = memoryview(bytes(self._unsent) + message)
            return True
        try:
            sent = self._socket.send(message)
        except BlockingIOError:
            sent = 0
        except OSError:
            return False
        if sent < len(message):
            self._unsent = memoryview(message)[sent:]
            self._loop.add_writer(self._socket.fileno(), self._writable)
        return True

    def listen(self) -> None:
        """Hear what has been told and has not been heard yet, since there was so much else to do."""
        if self._socket.fileno() >= 0:
            self._readable()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        # Giving its memory back is work that the next query may have to wait for.
        self.back_to_speed()
        self._process.kill()

    def stand_back(self) -> None:
        """Let the processor be for others first."""
        if self._priority is None:
            with contextlib.suppress(OSError):
                self._priority = os.getpriority(os.PRIO_PROCESS, self.pid)
                os.setpriority(os.PRIO_PROCESS, self.pid, self._priority + _STEP_BACK)

    def back_to_speed(self) -> bool:
        """Stand back no more; False where the system does not give a priority back."""
        if self._priority is None:
            return True
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, self._priority)
        except OSError:
            return False
        self._priority = None
        return True

    def _writable(self) -> None:
        try:
            self._unsent = self._unsent[self._socket.send(self._unsent) :]
        except BlockingIOError:
            return
        except OSError:
            self._unsent = memoryview(b"")
        if not self._unsent:
            self._loop.remove_writer(self._socket.fileno())

    def _readable(self) -> None:
        try:
            size, ancillary, _, _ = self._socket.recvmsg_into((self._part,), _ROOM_FOR_ONE_FILE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            size, ancillary = 0, []
        for _, _, descriptor in ancillary:
            self._files.append(int.from_bytes(descriptor[:4], sys.byteorder))
        if size:
            self._collect(bytes(self._part[:size]))
        else:
            self._close()

    def _collect(self, data: bytes) -> None:
        """Take the next part of what is told; most parts are whole replies."""
        if self._received:
            self._received += data
            data = bytes(self._received) if self._whole() else b""
        start = 0
        while (head := reply_head(data, start)) is not None and len(data) - start >= head.length:
            content: bytes | Spooled = data[start + head.media_type_end : start + head.length]
            if head.kind is Kind.SPOOLED:
                if not self._files:
                    # This process may have no more files open, so the system threw away the one that was sent.
                    self.kill()
                    return
                content = Spooled(self._files.popleft(), head.size)
            media_type = data[start + REPLY.size : start + head.media_type_end]
            start += head.length
            self._told.replied(head, media_type.decode(), content)
        if self._received:
            del self._received[:start]
        else:
            self._received += data[start:]
        if head is not None and head.kind is Kind.ANSWER and head.size > self._inline:
            # A process that has gone astray must not make its parent collect more than an answer can be.
            self.kill()

    def _whole(self) -> bool:
        """Whether a whole reply has been collected."""
        head = reply_head(self._received)
        return head is not None and (len(self._received) >= head.length or head.size > self._inline)

    def _close(self) -> None:
        descriptor = self._socket.fileno()
        self._loop.remove_reader(descriptor)
        if self._unsent:
            self._loop.remove_writer(descriptor)
        self._socket.close()
        while self._files:
            os.close(self._files.popleft())
        self._told.closed()
        self._reap()

    def _reap(self) -> None:
        status = self._process.poll()
        if status is None:
            self._loop.call_later(_REAP_SECONDS, self._reap)
        else:
            self._told.ended(status)
