"""Make a network of affiliations: as they are, or folded into ties between those that share a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from coopgraph.network.arrays import Strengths, different
from coopgraph.network.network import Mode, Network
from coopgraph.network.projections.rules import NONE

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Counts, Floats, Indices
    from coopgraph.network.projections.rules import Rule


def network(affiliations: Affiliations, mode: Mode, rule: Rule, *, multiplicity: Counts | None = None) -> Network:
    """The network of these affiliations; its nodes are those that have a row, ties stand in order of their ends.

    `multiplicity`, by index into the nodes, says how often each target counts, as a bootstrap over events draws them;
    a target that counts 0 times makes no tie. It concerns one-mode networks; without it each target counts once.

    Raises:
        ValueError: if a node is both source and target in a two-mode network.
    """
    source, target = _pairs(affiliations)
    if mode is Mode.ONE_MODE:
        return _folded(affiliations, source, target, rule, multiplicity)
    if mode is Mode.TWO_MODE and len(np.intersect1d(source, target)):
        raise ValueError("a node of a two-mode network is on one side only")
    apart = source != target
    source, target = source[apart], target[apart]
    present: Any = np.union1d(affiliations.sources(), affiliations.targets())
    ends = np.searchsorted(present, source), np.searchsorted(present, target)
    return _network(affiliations, mode, present, ends, np.ones(len(source)), rule=NONE)


def sizes(affiliations: Affiliations) -> Counts:
    """The number of different sources of each node as a target, by index into the nodes."""
    _, target = _pairs(affiliations)
    return np.bincount(target, minlength=len(affiliations.nodes)).astype(np.int32)


def _pairs(affiliations: Affiliations) -> tuple[Indices, Indices]:
    """The different pairs of source and target, in order."""
    width = len(affiliations.nodes)
    keys = different(affiliations.source.astype(np.int64) * width + affiliations.target)
    return (keys // max(1, width)).astype(np.int32), (keys % max(1, width)).astype(np.int32)


def _folded(
    affiliations: Affiliations, source: Indices, target: Indices, rule: Rule, multiplicity: Counts | None
) -> Network:
    present: Any = np.unique(source)
    used, column = np.unique(target, return_inverse=True)
    size = np.bincount(column, minlength=len(used)).astype(np.int32)
    share = rule.share(size)
    if multiplicity is not None:
        share *= multiplicity[used]
    shape = (len(present), len(used))
    row = np.searchsorted(present, source)
    joined = sparse.csr_array((np.ones(len(row)), (row, column)), shape=shape)
    shared = sparse.csr_array((share[column], (row, column)), shape=shape)
    ties = sparse.triu(shared @ joined.T, k=1, format="csr")
    ties.eliminate_zeros()
    ties.sort_indices()
    found = ties.tocoo()
    ends = found.row, found.col
    return _network(affiliations, Mode.ONE_MODE, present, ends, found.data, rule=rule)


def _network(
    affiliations: Affiliations,
    mode: Mode,
    present: Indices,
    ends: tuple[Any, Any],
    strength: Floats,
    *,
    rule: Rule,
) -> Network:
    source, target = (end.astype(np.int32) for end in ends)
    side = np.zeros(len(present), dtype=np.int32)
    if mode is Mode.TWO_MODE:
        side[target] = 1
        source, target = np.minimum(source, target), np.maximum(source, target)
    order = np.lexsort((target, source))
    strengths = Strengths(strength[order])
    return Network(
        mode=mode,
        nodes=affiliations.nodes.take(present),
        origin=present.astype(np.int32),
        side=side,
        source=source[order],
        target=target[order],
        strengths=strengths,
        distances=strengths.distances(),
        rule=rule,
    )
