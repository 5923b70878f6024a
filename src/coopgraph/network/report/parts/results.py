"""The results: one row for each listed node, with its values, its ranks, and how far these hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.report.parts import size
from coopgraph.network.report.quantities import Count, Iri, Name, Rank, Share, known

if TYPE_CHECKING:
    from coopgraph.network.arrays import Indices
    from coopgraph.network.report.ground import Ground
    from coopgraph.network.report.robust import Robust
    from coopgraph.network.uncertainty.bootstrap import Bootstrap
    from coopgraph.network.uncertainty.leave_out import LeaveOneOut


@dataclass(frozen=True, slots=True)
class Range:
    """Between which ranks a node was, over the runs that it was in; None if it was in none.

    `absent` is the share of the runs without the node; `uncertain` marks where that is more than the interval leaves
    out at one end, so that the worst rank is open.
    """

    low: Rank | None
    high: Rank | None
    absent: Share
    uncertain: bool


@dataclass(frozen=True, slots=True)
class Score:
    """A value and rank by one measure; `sharing` is how many nodes have this rank.

    `left_out` is over the runs that leave out one document each, `documents` and `events` over the rounds of the
    bootstraps; None where these were not computed. `without_largest` is the rank without the largest event, None if
    the node is gone then or nothing can be left out.
    """

    measure: Name
    value: float | None
    rank: Rank | None
    sharing: Count
    left_out: Range | None
    documents: Range | None
    events: Range | None
    without_largest: Rank | None


@dataclass(frozen=True, slots=True)
class Row:
    """One node.

    `number` is its place in the list of its kind, `kind` the word for that, `type` the name of its class; `targets`,
    `documents` and `publishers` are what speaks of it, `ties` what it has in the network.
    """

    number: Rank
    iri: Iri
    label: str
    language: str
    kind: Name
    type: str
    targets: Count
    documents: Count
    publishers: Count
    ties: Count
    scores: tuple[Score, ...]

    def score(self, measure: str) -> Score:
        """The score by this measure."""
        return next(score for score in self.scores if score.measure == measure)


@dataclass(frozen=True, slots=True)
class Kind:
    """The nodes of one kind: how many there are, how many are listed, and how many share the rank of the last listed.

    `crowd` is the rank by the headline measure that most nodes share, and `crowded` how many do.
    """

    kind: Name
    nodes: Count
    listed: Count
    cut: Count
    crowd: Rank | None
    crowded: Count


def results(ground: Ground, robust: Robust) -> tuple[Row, ...]:
    """The rows of every group of nodes, in order."""
    said = _Said(ground)
    return tuple(
        _row(said, node, number, kind, tuple(_score(ground, robust, name, node) for name in ground.scores))
        for group, kind in enumerate(ground.kinds)
        for number, node in enumerate(ground.listed(group).tolist(), 1)
    )


def row(ground: Ground, robust: Robust, node: int) -> Row:
    """The row of one node, by index into the table of nodes, listed or not."""
    group = int(ground.groups[node])
    number = int(np.flatnonzero(ground.ordered[group] == node)[0]) + 1
    scores = tuple(_score(ground, robust, name, node) for name in ground.scores)
    return _row(_Said(ground), node, number, ground.kinds[group], scores)


def kinds(ground: Ground) -> tuple[Kind, ...]:
    """How many nodes of each kind there are and are listed."""
    return tuple(_kind(ground, group, kind) for group, kind in enumerate(ground.kinds))


def _kind(ground: Ground, group: int, kind: str) -> Kind:
    places = ground.ranks[ground.headline][ground.ordered[group]]
    shown = len(ground.listed(group))
    values, counts = np.unique(places[places > 0], return_counts=True)
    return Kind(
        kind=kind,
        nodes=len(places),
        listed=shown,
        cut=int(np.count_nonzero(places[shown:] == places[shown - 1])) if 0 < shown < len(places) else 0,
        crowd=int(values[counts.argmax()]) if len(values) else None,
        crowded=int(counts.max()) if len(values) else 0,
    )


class _Said:
    """What speaks of each node, looked up by index into the table of nodes."""

    def __init__(self, ground: Ground) -> None:
        found = ground.affiliations
        self.nodes = found.nodes
        self.targets = partners(found.source, found.target, len(found.nodes))
        known = found.document >= 0
        ends = np.concatenate([found.source[known], found.target[known]])
        said = np.concatenate([found.document[known], found.document[known]])
        self.documents = _different(ends, said, len(found.nodes))
        self.published = _different(ends, _publishers(ground)[said], len(found.nodes))
        self.ties = np.zeros(len(found.nodes), dtype=np.int64)
        self.ties[ground.network.origin] = size.degrees(ground.network)


def _publishers(ground: Ground) -> Indices:
    names = [document.publisher for document in ground.affiliations.documents]
    place = {name: number for number, name in enumerate(sorted(set(names) - {""}))}
    return np.array([place.get(name, -1) for name in names] or [-1], dtype=np.int32)


def partners(source: Indices, target: Indices, width: int) -> Indices:
    """How many different others each of `width` nodes stands beside, at either end."""
    return _different(np.concatenate([source, target]), np.concatenate([target, source]), width)


def _different(own: Indices, other: Indices, width: int) -> Indices:
    """How many different others each index stands beside; negative ones do not count."""
    pairs = np.stack([own, other])[:, other >= 0].astype(np.int64)
    return np.bincount(np.unique(pairs, axis=1)[0], minlength=width).astype(np.int32)


def _row(said: _Said, node: int, number: int, kind: str, scores: tuple[Score, ...]) -> Row:
    about = said.nodes[node]
    return Row(
        number=number,
        iri=about.iri,
        label=about.label,
        language=about.language,
        kind=kind,
        type=about.cls,
        targets=int(said.targets[node]),
        documents=int(said.documents[node]),
        publishers=int(said.published[node]),
        ties=int(said.ties[node]),
        scores=scores,
    )


def _score(ground: Ground, robust: Robust, name: str, node: int) -> Score:
    places = ground.ranks[name]
    rank = int(places[node])
    group = ground.groups == ground.groups[node]
    largest = robust.largest
    without = 0 if largest is None or name not in largest.ranks else int(largest.ranks[name][node])
    return Score(
        measure=name,
        value=known(ground.scores[name][node]),
        rank=rank or None,
        sharing=int(np.count_nonzero((places == rank) & group)) if rank else 0,
        left_out=_range(robust.left_out, name, node, widest=True),
        documents=_range(robust.documents, name, node),
        events=_range(robust.events, name, node),
        without_largest=without or None,
    )


def _range(runs: Bootstrap | LeaveOneOut | None, name: str, node: int, *, widest: bool = False) -> Range | None:
    found = None if runs is None else runs.intervals.get(name)
    if found is None:
        return None
    low, high = (found.best, found.worst) if widest else (found.low, found.high)
    # The widest range also counts the run on all documents, from which nobody is absent: it is not one of those told.
    told = found.rounds - 1 if widest else found.rounds
    return Range(
        low=int(low[node]) or None,
        high=int(high[node]) or None,
        absent=round(int(found.missing[node]) / max(1, told), 9),
        uncertain=bool(found.missing[node] > 0 if widest else found.open[node]),
    )
