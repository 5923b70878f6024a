"""What stands along an axis: round numbers, and as many labels as there is room for."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from coopgraph.network.drawing import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def step(last: int, most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, … by which at most `most` steps lead from 0 to `last`."""
    sizes: Iterator[int] = (unit * 10**power for power in count() for unit in (1, 2, 5))
    return next(size for size in sizes if last / size <= most)


def every(labels: Iterable[str], size: int, apart: int) -> int:
    """So that none meets the next: every how many of the labels, `apart` pixels from one to the next, is written."""
    widest = max((text.width(label, size) for label in labels), default=0)
    return max(1, -(-widest // max(1, apart)))
