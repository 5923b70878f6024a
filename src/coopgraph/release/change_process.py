"""A process that carries out changes, one after the other, from its standard input; it can be killed at any time."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.errors import CoopgraphError
from coopgraph.release.change import change
from coopgraph.release.change_wire import pack_error, pack_reply, read_request
from coopgraph.release.publish import SHACL
from coopgraph.release.shelf import Shelf
from coopgraph.store.confinement import confine, end_with_parent

if TYPE_CHECKING:
    from coopgraph.release.change import Guard
    from coopgraph.release.edit import Edit


def main(arguments: list[str]) -> None:
    """Serve until standard input ends; arguments: data directory, memory in bytes, how many releases stay."""
    shelf, (memory, keep) = Shelf(Path(arguments[0])), map(int, arguments[1:])
    confine(memory)
    threading.Thread(target=end_with_parent, args=(0,), daemon=True).start()
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb", buffering=0)
    # Whatever prints by mistake must not get between the replies.
    os.dup2(2, 1)
    replies.write(b"\n")
    _prepare(shelf)
    while (request := read_request(requests)) is not None:
        replies.write(_reply(shelf, *request, keep=keep))


def _prepare(shelf: Shelf) -> None:
    """Understand the shapes by which the first change will be judged; that takes seconds, and most changes less."""
    with contextlib.suppress(CoopgraphError), shelf.open() as release:
        if (release.manifest.gate or SHACL) == SHACL:
            from coopgraph.release import gate  # noqa: PLC0415 - who changes an open dataset need not wait for it

            gate.prepare(release)


def _reply(shelf: Shelf, edit: Edit, guard: Guard, *, keep: int) -> bytes:
    try:
        return pack_reply(change(shelf, edit, guard=guard, keep=keep))
    except CoopgraphError as error:
        return pack_error(error)
    except MemoryError:
        return pack_error(CoopgraphError("memory", "The change needs more memory than it may have."))
    except Exception as error:
        return pack_error(CoopgraphError("internal", f"The change failed: {error}."))


if __name__ == "__main__":
    main(sys.argv[1:])
