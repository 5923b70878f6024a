"""Groups of nodes with more ties inside than chance would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.communities import consensus, seeds_for
from coopgraph.network.report.quantities import Count, Iri, Name, Rank, Share, known, published

if TYPE_CHECKING:
    from coopgraph.network.arrays import Indices
    from coopgraph.network.communities import Communities as Found
    from coopgraph.network.report.ground import Ground

RESOLUTION: Final = 1.0
MOST: Final = 30
MEMBERS: Final = 60


@dataclass(frozen=True, slots=True)
class Member:
    """A node of a community; `share` is how often the runs put it together with its neighbours there."""

    iri: Iri
    label: str
    language: str
    share: Share


@dataclass(frozen=True, slots=True)
class Community:
    """One community: its size, strength of the ties inside and to others, and members in the order of the results."""

    number: Rank
    size: Count
    inside: float
    outside: float
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Communities:
    """The communities and how sure they are.

    `agreement` is the mean adjusted Rand index over all pairs of runs; `modularity` that of the consensus, None without
    ties. `of` is the number of communities of two nodes and more, of which the largest are listed, each with its first
    members; `single` counts the nodes that are in none.
    """

    method: Name
    resolution: float
    seeds: Count
    first_seed: Count
    agreement: float
    modularity: float | None
    of: Count
    single: Count
    communities: tuple[Community, ...]


def communities(ground: Ground, found: Found) -> Communities:
    """The value of what was found, by `search`."""
    sizes = found.sizes
    several = np.flatnonzero(sizes > 1).tolist()
    place = _places(ground)
    network = ground.network
    ends = found.partition[network.source], found.partition[network.target]
    inner = ends[0] == ends[1]
    strength = network.strengths.values
    inside = np.bincount(ends[0][inner], weights=strength[inner], minlength=len(sizes))
    outside = sum(np.bincount(end[~inner], weights=strength[~inner], minlength=len(sizes)) for end in ends)
    return Communities(
        method=found.method,
        resolution=found.resolution,
        seeds=found.seeds,
        first_seed=found.first_seed,
        agreement=published(found.agreement),
        modularity=known(found.modularity),
        of=len(several),
        single=int(np.count_nonzero(sizes == 1)),
        communities=tuple(
            Community(
                number=one + 1,
                size=int(sizes[one]),
                inside=published(inside[one]),
                outside=published(np.asarray(outside)[one]),
                members=_members(ground, found, found.members(one), place),
            )
            for one in several[:MOST]
        ),
    )


def search(ground: Ground) -> Found:
    """The consensus over the seeds, in the network of the report."""
    return consensus(
        ground.network, seeds=seeds_for(ground.network), resolution=RESOLUTION, first_seed=ground.parameters.seed
    )


def _places(ground: Ground) -> Indices:
    """The place of each node of the network in the order of the report, groups one after another."""
    place = np.zeros(len(ground.affiliations.nodes), dtype=np.int32)
    order = np.concatenate(ground.ordered)
    place[order] = np.arange(len(order))
    return np.asarray(place[ground.network.origin])


def _members(ground: Ground, found: Found, members: Indices, place: Indices) -> tuple[Member, ...]:
    first = members[np.argsort(place[members], kind="stable")][:MEMBERS].tolist()
    nodes = ground.network.nodes
    return tuple(
        Member(nodes.iri[node], nodes.label[node], nodes.language[node], published(found.share[node])) for node in first
    )
