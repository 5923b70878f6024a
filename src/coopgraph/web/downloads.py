"""Large files, compressed on their way out for readers who can unpack them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from flask import request

from coopgraph.web import compression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Response

WANTED: Final = "coopgraph.wanted"
"""In the scope of a request: a function that tells whether anybody still takes what is sent."""

AT_ONCE: Final = 2
"""So many files are compressed at a time, which takes a processor; who comes then gets them as they are."""

_BLOCK: Final = 1 << 18
_places: Final = threading.BoundedSemaphore(AT_ONCE)


def negotiate(response: Response, path: Path) -> None:
    """Let the answer that sends this file send it compressed, if the reader takes that and asks for no part of it.

    Compressed it is a representation of its own, with its own validator; its length nobody knows beforehand. Smaller
    files are left as they are: whatever leaves as a whole is compressed at the door.
    """
    size = path.stat().st_size
    if not compression.worthwhile(size, response.mimetype or ""):
        return
    response.vary.add("Accept-Encoding")
    whole = response.status_code == 200 and "Range" not in request.headers and size > compression.WHOLE
    if not whole or not compression.accepted(request.headers.get("Accept-Encoding", "")):
        return
    if not _places.acquire(blocking=False):
        return
    response.close()
    scope = request.environ.get("asgi.scope", {})
    response.response = _Packed(path, scope.get(WANTED, _always))
    response.direct_passthrough = False
    for name in ("Content-Length", "Accept-Ranges"):
        response.headers.pop(name, None)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = compression.packed_tag(response.headers["ETag"])


class _Packed:
    """The blocks of a compressed file, as long as somebody wants them."""

    def __init__(self, path: Path, wanted: Callable[[], bool]) -> None:
        self._path = path
        self._wanted = wanted
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        packer = compression.packer()
        with self._path.open("rb") as file:
            while self._wanted():
                block = file.read(_BLOCK)
                yield packer.compress(block) if block else packer.flush()
                if not block:
                    return

    def close(self) -> None:
        """Give the place back."""
        if not self._closed:
            self._closed = True
            _places.release()


def _always() -> bool:
    return True
