"""Texts that take long to read, for their length."""

from __future__ import annotations

import time
import timeit
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

HEAVY: Final = [
    "{}", "<>", "a: ", "1 ", "<1>1", "(1<1>1", "(?a<(>?a", "a.", "a.b-", "a.b:service ", "service", "service.",
    "_:service ", "'service'", "#service\n", "SERVICE<a:>{}", "'\\u0041'", "'''", "''", "\\u0053", "LOAD ",
    "FROM <a> ", "a:service.",
]  # fmt: skip
"""Pieces that make a text hard to read when they are repeated."""

FRAMES: Final = ["{} # service", "SELECT * {{ ?service ?p ?o FILTER(1{}) }}", "ASK {{ {} SERVICE <a:> {{}} }}"]
"""Texts around them, in which the words of outgoing calls stand."""


def least_seconds(work: Callable[[], object]) -> float:
    """How long the work takes by itself: the best of three, since others use the processor too."""
    return min(timeit.repeat(work, timer=time.process_time, number=1, repeat=3))
