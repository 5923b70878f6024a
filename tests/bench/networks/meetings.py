"""Invented meetings of any number, most of them small, with a few who are at very many."""

from __future__ import annotations

import numpy as np

from coopgraph.network.affiliations import Affiliations, Cited
from coopgraph.network.nodes import Nodes

_SIZES = np.array([2, 3, 4, 5, 6, 8, 12])
_SHARES = np.array([0.3, 0.25, 0.2, 0.1, 0.08, 0.05, 0.02])
# Each meeting makes about seven ties, so many of which are its own.
TIES_PER_MEETING = 7.1
_SKEW = 2.2


def meetings(ties: int, *, seed: int = 1) -> Affiliations:
    """Who was at which meeting, by which document; folded, about so many ties.

    There are three actors to four meetings, and a document for every eight or nine of them; some documents say more.
    """
    chance = np.random.default_rng(seed)
    events = max(4, round(ties / TIES_PER_MEETING))
    actors, documents = max(3, events * 3 // 4), max(2, events * 2 // 17)
    target = np.repeat(np.arange(events), chance.choice(_SIZES, p=_SHARES, size=events))
    source = (actors * chance.random(len(target)) ** _SKEW).astype(np.int64)
    document = (documents * chance.random(events) ** 1.5).astype(np.int64)[target]
    rows = np.unique(np.stack([source, target + actors, document], axis=1), axis=0).astype(np.int32)
    iri = tuple(f"https://example.org/id/{number:09}" for number in range(actors + events))
    count = len(iri)
    nodes = Nodes(
        iri=iri,
        kind=("actor",) * actors + ("event",) * events,
        cls=("Thing",) * count,
        label=iri,
        language=("en",) * count,
        identification=("",) * count,
    )
    return Affiliations(
        nodes=nodes,
        roles=("participant",),
        documents=tuple(Cited(f"https://example.org/doc/{number:07}", f"{number}") for number in range(documents)),
        vias=(),
        source=rows[:, 0].copy(),
        target=rows[:, 1].copy(),
        role=np.zeros(len(rows), dtype=np.int32),
        document=rows[:, 2].copy(),
        via=np.full(len(rows), -1, dtype=np.int32),
        first=np.full(len(rows), np.datetime64("2025-01-01", "D")),
        last=np.full(len(rows), np.datetime64("2025-12-31", "D")),
    )
