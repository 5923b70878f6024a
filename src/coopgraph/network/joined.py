"""Which statements make which tie of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network import fold
from coopgraph.network.arrays import different
from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Indices, Keys, Mask
    from coopgraph.network.network import Network

_BLOCK: Final = 4_000_000  # pairs of statements taken at once: some 200 MB


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Ties, the rows they rest on, and what joins their ends according to these rows; the columns are of one length."""

    tie: Keys
    rows: Keys
    between: Indices


def joined(affiliations: Affiliations, network: Network) -> Iterator[Joined]:
    """What joins the ends of ties; all that concerns one tie comes in one piece."""
    position = np.full(len(affiliations.nodes), -1, dtype=np.int64)
    position[network.origin] = np.arange(network.n)
    source, target = position[affiliations.source], position[affiliations.target]
    if network.mode is Mode.ONE_MODE:
        yield from _shared(affiliations, network, source)
        return
    if network.mode is Mode.TWO_MODE:
        source, target = np.minimum(source, target), np.maximum(source, target)
    tie = _ties(network, source, target)
    rows = np.flatnonzero(tie >= 0)
    yield Joined(tie[rows], rows, affiliations.via[rows])


def _shared(affiliations: Affiliations, network: Network, source: Keys) -> Iterator[Joined]:
    """Each statement with every other source of its target, in blocks of ties whose smaller ends are near."""
    width = np.int64(network.n)
    rows = np.flatnonzero((source >= 0) & makes_ties(affiliations, network)[affiliations.target])
    if not len(rows):
        return
    source, start = source[rows], affiliations.target[rows] * width
    statements_at = np.sort(start + source)
    pairs = different(statements_at)
    # What each node, as the smaller end, costs: others after it for its statements, statements after it for its pairs.
    after = np.searchsorted(pairs, start + width) - np.searchsorted(pairs, start + source, "right")
    ends = pairs - pairs % width + width
    stated = np.searchsorted(statements_at, ends) - np.searchsorted(statements_at, pairs, "right")
    cost = np.bincount(source, after, int(width)) + np.bincount(pairs % width, stated, int(width))
    block = (np.cumsum(cost) // _BLOCK).astype(np.int64)
    for lowest in np.flatnonzero(np.concatenate([[True], block[1:] != block[:-1]])).tolist():
        beyond = int(np.searchsorted(block, block[lowest], "right"))
        inside = (source >= lowest) & (source < beyond)
        low = np.concatenate([(start + source)[inside] + 1, start + lowest])
        high = np.concatenate([start[inside] + width, start + np.clip(source, lowest, beyond)])
        begin, end = np.searchsorted(pairs, low), np.searchsorted(pairs, high)
        of, pair = _spread(begin, end - begin)
        # The first of these are the statements inside the block, after them come all.
        row = np.concatenate([np.flatnonzero(inside), np.arange(len(rows))])[of]
        one, other = source[row], pairs[pair] % width
        # Only ties of the block's smaller ends can be meant, and few are found sooner than many.
        some = slice(*np.searchsorted(network.source, [lowest, beyond]))
        tie = _ties(network, np.minimum(one, other), np.maximum(one, other), some)
        there = tie >= 0
        at = rows[row[there]]
        yield Joined(tie[there], at, affiliations.target[at])


def _spread(begin: Keys, count: Keys) -> tuple[Keys, Keys]:
    """For each index i the numbers from begin[i] on, count[i] of them: the indices, and the numbers."""
    of = np.repeat(np.arange(len(begin)), count)
    return of, np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count) + begin[of]


def _ties(network: Network, source: Keys, target: Keys, some: slice = slice(0, None)) -> Keys:
    """The index of the tie between these ends, looked for among some of all ties; -1 where there is none."""
    width = np.int64(max(1, network.n))
    keys, wanted = network.source[some] * width + network.target[some], source * width + target
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where((keys[found] == wanted) & (source >= 0) & (target >= 0), found + int(some.start), -1)


def makes_ties(affiliations: Affiliations, network: Network) -> Mask:
    """Whether the network's rule lets a node, as a target, make ties."""
    return network.rule.share(fold.sizes(affiliations)) > 0
