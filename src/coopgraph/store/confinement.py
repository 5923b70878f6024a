"""What a reader process takes from itself before it reads: memory, the network, and a life beyond its parent's.

No query that is admitted makes the engine call out; a process that cannot open a socket makes sure of it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import struct
import sys
from typing import Final

_SET_NO_NEW_PRIVILEGES: Final = 38
_SET_FILTER: Final = 1
_ALL_THREADS_KEEPING_SPECULATION: Final = 1 | 4
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050001
"""Fail with EPERM."""

_OTHER_NUMBERING: Final = 0x40000000
"""Where the second table of system calls begins on x86-64."""

# By machine: its name in the kernel, the call that sets the filter, and the calls that make a socket: socket and
# io_uring_setup, through which sockets can be made as well.
_MACHINES: Final = {"x86_64": (0xC000003E, 317, (41, 425)), "aarch64": (0xC00000B7, 277, (198, 425))}


def confine(memory: int) -> str:
    """Limit this process to so many bytes of data and no new socket, for good; what is refused comes back as words."""
    # A service manager sends these to all processes of a service; whether to end, and when what runs is done, is the
    # parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # Data, not address space: the address space also holds code, reservations and shared files.
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    # An allocation that fails aborts the process; writing its memory to disk would only delay the replacement.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return _forbid_sockets()


def end_with_parent(connection: int) -> None:
    """Wait until nobody is at the other end of the connection, then end at once, even inside a query."""
    poll = select.poll()
    # Asking for no event leaves the one that is always told: the other end is gone.
    poll.register(connection, 0)
    poll.poll()
    os._exit(0)


def _forbid_sockets() -> str:
    """Let the kernel refuse every new socket to this process; why it does not, or nothing."""
    known = _MACHINES.get(os.uname().machine) if sys.platform == "linux" and sys.maxsize > 1 << 32 else None
    if known is None:
        return "On this platform a reader process cannot be kept from opening sockets."
    architecture, set_filter, refused = known
    program = _filter(architecture, refused)
    code = ctypes.create_string_buffer(b"".join(program), len(program) * 8)
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.syscall(
        ctypes.c_long(set_filter), _SET_FILTER, _ALL_THREADS_KEEPING_SPECULATION, header
    ):
        return f"A reader process is not kept from opening sockets: {os.strerror(ctypes.get_errno())}."
    return ""


def _filter(architecture: int, refused: tuple[int, ...]) -> list[bytes]:
    """A program for the kernel that reads a system call's architecture and number, and refuses these numbers."""
    tests = [
        (_LOAD, _ARCHITECTURE_AT),
        (_IF_EQUAL, architecture),
        (_LOAD, _NUMBER_AT),
        (_IF_AT_LEAST, _OTHER_NUMBERING),
        *((_IF_EQUAL, number) for number in refused),
        (_RETURN, _ALLOW),
    ]
    program = []
    for place, (operation, value) in enumerate(tests):
        # A jump counts the instructions that it leaves out; refusing comes last of all.
        to_refusal = len(tests) - place - 1
        if operation == _IF_EQUAL and value == architecture:
            yes, no = 0, to_refusal
        else:
            yes, no = (to_refusal, 0) if operation in {_IF_EQUAL, _IF_AT_LEAST} else (0, 0)
        program.append(struct.pack("HBBI", operation, yes, no, value))
    return [*program, struct.pack("HBBI", _RETURN, 0, 0, _REFUSE)]
