"""The questions that lie before a reader process, in order, less those that are withdrawn."""

from __future__ import annotations

import socket
import time
from collections import deque
from typing import Final

from coopgraph.store.wire import QUESTION, Kind, pack_reply

_PART: Final = 1 << 16
_PATIENCE_SECONDS: Final = 0.001
"""Nobody withdraws anything sooner, so nothing is looked for."""

_SKIPPED: Final = pack_reply(Kind.SKIPPED)


class Inbox:
    """What has come over a connection and has not been begun with."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        # Kept, since the allocator tidies itself up whenever so much is asked of it.
        self._part = memoryview(bytearray(_PART))
        self._questions: deque[tuple[bytes, bytes]] = deque()
        self._rest = b""
        self._open = True
        self._looked = 0.0

    def next(self) -> tuple[bytes, bytes] | None:
        """Head and text of the next question, once there is one; None when there will be none any more."""
        if self._questions and time.monotonic() > self._looked + _PATIENCE_SECONDS:
            # What was withdrawn is not to be begun with.
            self._receive(socket.MSG_DONTWAIT)
        while self._open and not self._questions:
            self._receive(0)
        return self._questions.popleft() if self._questions else None

    def _receive(self, flags: int) -> None:
        try:
            size = self._connection.recv_into(self._part, flags=flags)
        except BlockingIOError:
            self._looked = time.monotonic()
            return
        self._open, self._looked = size > 0, time.monotonic()
        data = self._rest + self._part[:size]
        start = 0
        while len(data) - start >= QUESTION.size:
            head, text = QUESTION.unpack_from(data, start)
            begin = start + QUESTION.size
            if not head:
                self._withdraw()
            elif len(data) - begin < head + text:
                break
            else:
                self._questions.append((data[begin : begin + head], data[begin + head : begin + head + text]))
            start = begin + head + text
        self._rest = data[start:]

    def _withdraw(self) -> None:
        """Every question is replied to in its turn, so these are as well."""
        self._connection.sendall(_SKIPPED * len(self._questions))
        self._questions.clear()
