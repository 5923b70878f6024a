"""Arrays as a networkit graph, for measures and communities of large networks."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Final

import networkit as nk
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgraph.network.arrays import Floats, Indices

_ALONE: Final = Lock()


@contextmanager
def alone(threads: int, seed: int | None = None) -> Iterator[None]:
    """Nobody else uses networkit meanwhile: the number of its threads and its seed are those of the whole process.

    Two computations at once would otherwise draw from each other's random numbers.
    """
    with _ALONE:
        nk.setNumberOfThreads(threads)
        if seed is not None:
            nk.setSeed(seed, True)
        yield


def graph(
    n: int, source: Indices, target: Indices, weight: Floats | None = None, *, directed: bool = False
) -> nk.Graph:
    """A graph of nodes 0 to n - 1 with these ties, weighted if there are weights.

    networkit reads indices as wide as an address whatever type they have, so they are widened first: narrower ones
    would be read beyond their end.
    """
    ends = tuple(np.ascontiguousarray(end, dtype=np.uintp) for end in (source, target))
    values = np.ones(len(source)) if weight is None else np.ascontiguousarray(weight, dtype=np.float64)
    return nk.GraphFromCoo((values, ends), n=n, weighted=weight is not None, directed=directed)
