"""What ties stand on: how many would be gone if one document, one publisher or one event were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network import encounters as meeting
from coopgraph.network.network import Mode
from coopgraph.network.skeleton import MOST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Counts, Indices, Keys
    from coopgraph.network.scoring import Plan


@dataclass(frozen=True, slots=True, eq=False)
class Resting:
    """By a kind of thing, such as documents: `alone` counts for each the ties that would be gone without it.

    `single` counts the ties that would be gone without some one of them. A tie can hang on two documents at once, if
    one says who took part and the other one who else did; it is then counted in `alone` of both, and once in `single`.
    """

    single: int
    alone: Counts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Footing:
    """The ties of a network and what they rest on.

    `documents` follows the table of documents and `events` that of nodes; `publishers` follows `publisher_names`, and
    a document whose publisher is unknown counts as a publisher of its own. `events` is None where ties join nodes
    directly.
    """

    ties: int
    documents: Resting
    publishers: Resting
    publisher_names: tuple[str, ...]
    events: Resting | None


def footing(affiliations: Affiliations, plan: Plan) -> Footing | None:
    """What the ties of the network rest on; None if it has too many encounters to hold them in memory.

    Time O(e log e), memory O(e) for e encounters (pairs of sources that share a target).
    """
    pairs = meeting.pairs(affiliations)
    folded = plan.projection.mode is Mode.ONE_MODE
    if folded and meeting.count(pairs) > MOST:
        return None
    publisher, names = _publishers(affiliations)
    width, labels = len(affiliations.nodes), (affiliations.document, publisher)
    sizes = len(affiliations.documents), len(names) + len(affiliations.documents)
    if folded:
        tie, first, second = _encounters(pairs, width, plan)
        found = [
            _gone(tie, (sole[first], sole[second]), size)
            for sole, size in ((_sole(pairs, label), size) for label, size in zip(labels, sizes, strict=True))
        ]
        events = _gone(tie, (pairs.target[first],), width)
    else:
        apart = np.flatnonzero(pairs.source != pairs.target)
        tie = np.arange(len(apart), dtype=np.int64)
        found = [_gone(tie, (_sole(pairs, label)[apart],), size) for label, size in zip(labels, sizes, strict=True)]
        events = _gone(tie, (pairs.target[apart],), width)
    return Footing(
        ties=len(np.unique(tie)),
        documents=found[0],
        publishers=Resting(found[1].single, found[1].alone[: len(names)]),
        publisher_names=names,
        events=None if plan.projection.mode is Mode.DIRECT else events,
    )


def _publishers(affiliations: Affiliations) -> tuple[Indices, tuple[str, ...]]:
    """The publisher of each row by number, and the names; unknown ones have numbers after these, by document."""
    names = tuple(sorted({cited.publisher for cited in affiliations.documents} - {""}))
    place = {name: number for number, name in enumerate(names)}
    of = [place.get(cited.publisher, len(names) + number) for number, cited in enumerate(affiliations.documents)]
    return np.array([*of, -1], dtype=np.int32)[affiliations.document], names


def _encounters(pairs: meeting.Pairs, width: int, plan: Plan) -> tuple[Keys, Indices, Indices]:
    """The tie of each encounter that adds to its strength, and the encounter's pairs."""
    met = meeting.encounters(pairs, width)
    tie = np.repeat(np.arange(len(met.source), dtype=np.int64), np.diff(met.begin))
    sizes = np.bincount(pairs.target, minlength=width).astype(np.int32)
    adds = plan.rule.share(sizes)[pairs.target[met.first]] > 0
    return tie[adds], met.first[adds], met.second[adds]


def _sole(pairs: meeting.Pairs, label: Indices) -> Indices:
    """The label of each pair's rows if they all have the same; -1 otherwise, and where a row has none."""
    if not len(pairs):
        return np.empty(0, dtype=np.int32)
    order = np.argsort(pairs.of_row, kind="stable")
    begin = np.searchsorted(pairs.of_row[order], np.arange(len(pairs)))
    low, high = (each.reduceat(label[order], begin) for each in (np.minimum, np.maximum))
    sole: Indices = np.where(low == high, low, -1).astype(np.int32)
    return sole


def _gone(tie: Keys, needed: tuple[NDArray[np.int32], ...], size: int) -> Resting:
    """What each tie needs: whatever every one of its entries needs, out of the labels `needed` (-1: none)."""
    parts = [(tie[column >= 0], column[column >= 0]) for column in needed[:1]]
    for column in needed[1:]:
        other = (column >= 0) & (column != needed[0])
        parts.append((tie[other], column[other]))
    keys = np.concatenate([of.astype(np.int64) * size + label for of, label in parts])
    found, times = np.unique(keys, return_counts=True)
    entries = np.bincount(tie, minlength=int(tie.max(initial=-1)) + 1)
    critical = found[times == entries[found // max(size, 1)]] if len(found) else found
    alone = np.bincount(critical % max(size, 1), minlength=size)[:size].astype(np.int32)
    return Resting(len(np.unique(critical // max(size, 1))), alone)
