"""A reader process: opens a sealed store, answers questions from its standard input, and can be killed at any time.

It imports little, so that a killed one is soon replaced.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.errors import CoopgraphError
from coopgraph.store.answering import answer
from coopgraph.store.oxigraph import OxigraphReader
from coopgraph.store.question import LENGTH, error_header, pack, question_from

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.store.port import Reader


def main(arguments: list[str]) -> None:
    """Serve until standard input ends; arguments: directory, memory in bytes, rows, size in bytes."""
    directory, (memory, rows, size) = Path(arguments[0]), map(int, arguments[1:])
    # An interrupt from the terminal reaches the whole group of processes; whether to end is the parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(memory)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb", buffering=0)
    # Whatever prints by mistake must not get between the replies.
    os.dup2(2, 1)
    try:
        reader = OxigraphReader(directory)
    except CoopgraphError as error:
        _send(replies, [pack(error_header(error))])
        return
    try:
        _send(replies, [pack({"ready": True})])
    except BrokenPipeError:
        # The parent ended in the meantime.
        return
    # From here on everything is told in replies; the engine would print pages whenever memory is refused.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while head := requests.read(LENGTH.size):
        request = json.loads(requests.read(LENGTH.unpack(head)[0]).decode("utf-8", "surrogatepass"))
        _send(replies, _reply(reader, request, rows=rows, size=size))


def _reply(reader: Reader, request: dict[str, Any], *, rows: int, size: int) -> Iterable[bytes]:
    try:
        media_type, output = answer(reader, question_from(request), rows=rows, size=size)
    except CoopgraphError as error:
        return [pack(error_header(error))]
    except MemoryError:
        return [pack(error_header(CoopgraphError("memory", "The query needs more memory than a reader may have.")))]
    except (OSError, RuntimeError) as error:
        code = "damaged" if "Corruption" in str(error) else "internal"
        return [pack(error_header(CoopgraphError(code, f"The store cannot be read: {error}.")))]
    except Exception as error:
        return [pack(error_header(CoopgraphError("internal", f"The engine could not answer: {error}.")))]
    header = {"media_type": media_type, "rows": output.rows, "length": output.size}
    return [pack(header), *output.chunks]


def _limit(memory: int) -> None:
    # Data, not address space: the address space also holds code, reservations and shared files.
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    # An allocation that fails aborts the process; writing its memory to disk would only delay the replacement.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_parent() -> None:
    """When the parent is gone, however it went, end at once, even inside a query."""
    poll = select.poll()
    # Asking for no event leaves the one that is always told: nobody can write to standard input any more.
    poll.register(0, 0)
    poll.poll()
    os._exit(0)


def _send(stream: Any, parts: Iterable[bytes]) -> None:
    for part in parts:
        view = memoryview(part)
        while view:
            view = view[stream.write(view) :]


if __name__ == "__main__":
    main(sys.argv[1:])
