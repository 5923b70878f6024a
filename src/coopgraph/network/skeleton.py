"""A network made again and again of parts of its rows: what does not change from part to part is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from coopgraph.network import encounters as meeting
from coopgraph.network import fold
from coopgraph.network.arrays import Strengths
from coopgraph.network.network import Mode, Network
from coopgraph.network.projections.rules import NONE

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Counts, Floats, Indices, Mask
    from coopgraph.network.projections.rules import Rule

# Encounters held in memory, at 16 bytes; a network with more is folded anew for each part.
MOST: Final = 60_000_000


class Skeleton:
    """The pairs of some affiliations and, for a one-mode network, who met whom where.

    `network` returns what `fold.network` returns for the same rows, strengths up to the last digits of floating point;
    it takes time proportional to the encounters (or pairs) instead of a sparse product.
    """

    def __init__(self, affiliations: Affiliations, mode: Mode, rule: Rule, *, most: int = MOST) -> None:
        self._affiliations: Final = affiliations
        self._mode: Final = mode
        self._rule: Final = rule
        self._pairs: Final = meeting.pairs(affiliations)
        self._met: Final = (
            meeting.encounters(self._pairs, len(affiliations.nodes))
            if mode is Mode.ONE_MODE and meeting.count(self._pairs) <= most
            else None
        )
        self._direct: Final = _ties(self._pairs, mode)

    def network(self, rows: Mask, multiplicity: Counts | None = None) -> Network:
        """The network of these rows; `multiplicity` is as in `fold.network`."""
        if self._mode is Mode.ONE_MODE and self._met is None:
            part = self._affiliations.select(rows)
            return fold.network(part, self._mode, self._rule, multiplicity=multiplicity)
        pairs = np.zeros(len(self._pairs), dtype=np.bool_)
        pairs[self._pairs.of_row[rows]] = True
        if self._met is None:
            order, source, target = self._direct
            there = pairs[order]
            return self._made(pairs, source[there], target[there], np.ones(np.count_nonzero(there)))
        strengths = self._strengths(self._met, pairs, multiplicity)
        tied = strengths > 0
        return self._made(pairs, self._met.source[tied], self._met.target[tied], strengths[tied])

    def _strengths(self, met: meeting.Encounters, pairs: Mask, multiplicity: Counts | None) -> Floats:
        sizes = np.bincount(self._pairs.target[pairs], minlength=len(self._affiliations.nodes)).astype(np.int32)
        share = self._rule.share(sizes)
        if multiplicity is not None:
            share *= multiplicity
        of_pair = np.where(pairs, share[self._pairs.target], 0.0)
        added = of_pair[met.first] * pairs[met.second]
        if not len(added):
            return np.empty(0)
        strengths: Floats = np.add.reduceat(added, met.begin[:-1])
        return strengths

    def _made(self, pairs: Mask, source: Indices, target: Indices, strength: Floats) -> Network:
        width = len(self._affiliations.nodes)
        present = np.zeros(width, dtype=np.bool_)
        present[self._pairs.source[pairs]] = True
        events = np.zeros(width, dtype=np.int32)
        if self._mode is not Mode.ONE_MODE:
            present[self._pairs.target[pairs]] = True
        if self._mode is Mode.TWO_MODE:
            events[self._pairs.target[pairs]] = 1
        origin: Any = np.flatnonzero(present)
        place = (np.cumsum(present) - 1).astype(np.int32)
        strengths = Strengths(strength)
        return Network(
            mode=self._mode,
            nodes=self._affiliations.nodes.take(origin),
            origin=origin.astype(np.int32),
            side=events[origin],
            source=place[source],
            target=place[target],
            strengths=strengths,
            distances=strengths.distances(),
            rule=self._rule if self._mode is Mode.ONE_MODE else NONE,
        )


def _ties(pairs: meeting.Pairs, mode: Mode) -> tuple[Indices, Indices, Indices]:
    """The pairs that are ties of a network that is not folded, and their ends, in the order of ties."""
    apart: Any = np.flatnonzero(pairs.source != pairs.target)
    source, target = pairs.source[apart], pairs.target[apart]
    if mode is Mode.TWO_MODE:
        source, target = np.minimum(source, target), np.maximum(source, target)
    order = np.lexsort((target, source))
    return apart[order], source[order], target[order]
