"""A reader process: answers questions to sealed stores from the socket at its standard input; may be killed any time.

It imports little, so that a killed one is soon replaced.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING

from coopgraph.errors import CoopgraphError
from coopgraph.store import confinement
from coopgraph.store.answering import answer
from coopgraph.store.inbox import Inbox
from coopgraph.store.open_stores import OpenStores
from coopgraph.store.wire import Kind, pack_error, pack_reply, unpack_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.store.question import Question


def main(arguments: list[str]) -> None:
    """Serve until the socket ends; arguments: memory in bytes, and as in `answer` rows, size, inline."""
    memory, rows, size, inline = map(int, arguments)
    lacking = confinement.confine(memory)
    parent = socket.socket(fileno=os.dup(0))
    threading.Thread(target=confinement.end_with_parent, args=(parent.fileno(),), daemon=True).start()
    try:
        told = lacking.encode()
        _send(parent, [pack_reply(Kind.READY, size=len(told)), told])
        # From here on everything is told in replies; the engine would print pages whenever memory is refused.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        stores = OpenStores()
        inbox = Inbox(parent)
        while (asked := inbox.next()) is not None:
            question, directory = unpack_question(*asked)
            _reply(parent, stores, question, directory, memory=memory, rows=rows, size=size, inline=inline)
    except (BrokenPipeError, ConnectionResetError):
        # The parent ended in the meantime.
        return


def _reply(
    parent: socket.socket,
    stores: OpenStores,
    question: Question,
    directory: str,
    *,
    memory: int,
    rows: int,
    size: int,
    inline: int,
) -> None:
    began = time.perf_counter()
    try:
        media_type, output = answer(stores.reader(directory), question, rows=rows, size=size, inline=inline)
    except CoopgraphError as error:
        return _send(parent, [pack_error(error)])
    except MemoryError:
        said = f"The query needed more than {memory} bytes of memory, the limit query_memory."
        return _send(parent, [pack_error(CoopgraphError("memory", said, limit="query_memory"))])
    except (OSError, RuntimeError) as error:
        # Its files may be gone or spoilt; whoever asks next shall meet what is there then.
        stores.forget(directory)
        code = "damaged" if "Corruption" in str(error) or "No such file" in str(error) else "internal"
        return _send(parent, [pack_error(CoopgraphError(code, f"The store cannot be read: {error}."))])
    except Exception as error:
        return _send(parent, [pack_error(CoopgraphError("internal", f"The engine could not answer: {error}."))])
    found, content, took = output.rows, output.content, time.perf_counter() - began
    if isinstance(content, bytes):
        head = pack_reply(Kind.ANSWER, media_type, seconds=took, rows=found, size=output.size)
        return _send(parent, [head, content])
    head = pack_reply(Kind.SPOOLED, media_type, seconds=took, rows=found, size=output.size)
    # The file goes with the first byte.
    sent = socket.send_fds(parent, [head], [content.fileno()])
    return _send(parent, [head[sent:]])


def _send(parent: socket.socket, parts: Sequence[bytes]) -> None:
    parent.sendall(b"".join(parts))


if __name__ == "__main__":
    main(sys.argv[1:])
