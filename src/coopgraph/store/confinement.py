"""What a reader process takes from itself before it reads: memory, and a life beyond its parent's."""

from __future__ import annotations

import os
import resource
import select
import signal


def confine(memory: int) -> str:
    """Limit this process to so many bytes of data, for good; what the platform refuses comes back as a sentence."""
    # An interrupt from the terminal reaches the whole group of processes; whether to end is the parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Data, not address space: the address space also holds code, reservations and shared files.
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    # An allocation that fails aborts the process; writing its memory to disk would only delay the replacement.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return ""


def end_with_parent(connection: int) -> None:
    """Wait until nobody is at the other end of the connection, then end at once, even inside a query."""
    poll = select.poll()
    # Asking for no event leaves the one that is always told: the other end is gone.
    poll.register(connection, 0)
    poll.poll()
    os._exit(0)
