"""Invented networks of any number of ties, heavy-tailed as networks of meetings are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.arrays import Strengths
from coopgraph.network.network import Mode, Network
from coopgraph.network.nodes import Nodes

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats, Indices

# As many ties for each node, on average, as in the networks of the literature on meetings.
TIES_PER_NODE = 8
_SKEW = 0.6


def invented(ties: int, *, seed: int = 7, weighted: bool = True, mode: Mode = Mode.ONE_MODE) -> Network:
    """A network of so many ties between about an eighth as many nodes, whose degrees fall off like a power.

    Strengths are sums of one to five shares of small meetings, as Newman's rule makes them, or 1.
    """
    generator = np.random.default_rng(seed)
    n = max(2 * math.isqrt(ties) + 3, ties // TIES_PER_NODE)
    attraction = np.cumsum((np.arange(n) + 5.0) ** -_SKEW)
    order = generator.permutation(n)
    keys = np.zeros(0, dtype=np.int64)
    while len(keys) < ties:
        draws = generator.random((2, (ties - len(keys)) * 5 // 4 + 16)) * attraction[-1]
        one, other = (order[np.searchsorted(attraction, row)] for row in draws)
        if mode is Mode.ONE_MODE:
            one, other = np.minimum(one, other), np.maximum(one, other)
        keys = np.union1d(keys, (one * n + other)[one != other])
    keys = np.sort(generator.permutation(keys)[:ties])
    strength = np.ones(ties)
    if weighted:
        sizes = generator.integers(2, 30, size=(ties, 5))
        counted = np.arange(5) < generator.integers(1, 6, size=(ties, 1))
        strength = (counted / (sizes - 1.0)).sum(axis=1)
    return made(n, (keys // n).astype(np.int32), (keys % n).astype(np.int32), strength, mode)


def made(n: int, source: Indices, target: Indices, strength: Floats, mode: Mode = Mode.ONE_MODE) -> Network:
    """The network of these ties between n nodes that are called by their numbers."""
    nodes = tuple(f"https://example.org/id/actor/{number:09}" for number in range(n))
    words = {name: (word,) * n for name, word in (("kind", "actor"), ("cls", "Organisation"), ("language", "en"))}
    strengths = Strengths(strength)
    return Network(
        mode=mode,
        nodes=Nodes(iri=nodes, label=nodes, identification=("",) * n, **words),
        origin=np.arange(n, dtype=np.int32),
        side=np.zeros(n, dtype=np.int32),
        source=source,
        target=target,
        strengths=strengths,
        distances=strengths.distances(),
    )
