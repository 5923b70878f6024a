"""The order of tests in which a run of several processes ends soonest: the long ones first, dealt out to all."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONG_SECONDS: Final = 1000.0
"""A test that may take so long is worth beginning with."""

One = TypeVar("One")


def ordered(tests: Iterable[One], seconds: Callable[[One], float], processes: int) -> list[One]:
    """All the tests, those whose time limit is `LONG_SECONDS` or more ahead, and the others in their order.

    pytest-xdist gives each process first an eighth of all tests, if there are two, in a piece: a quarter of its share.
    So the long ones, those with the highest limit first, are dealt out to the beginnings of these pieces.
    """
    tests = list(tests)
    long = sorted((one for one in tests if seconds(one) >= LONG_SECONDS), key=seconds, reverse=True)
    rest = iter([one for one in tests if seconds(one) < LONG_SECONDS])
    piece = max(2, len(tests) // processes // 4)
    found: list[One] = []
    for process in range(processes):
        dealt = long[process::processes]
        found += dealt
        found += islice(rest, max(0, piece - len(dealt)))
    return [*found, *rest]
