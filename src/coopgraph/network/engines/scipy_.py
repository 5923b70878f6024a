"""The engine of numpy and scipy: what sums and products of sparse matrices can say."""

from __future__ import annotations

from typing import Final

from coopgraph.network.engines import cores, counting, triads, walks
from coopgraph.network.engines.exact import Exact

ENGINE: Final = Exact(
    "scipy",
    {
        "authorities": walks.authorities,
        "constraint": triads.constraint,
        "core": cores.core,
        "degree": counting.degree,
        "effective-size": triads.effective_size,
        "eigenvector": walks.eigenvector,
        "hubs": walks.hubs,
        "in-degree": counting.in_degree,
        "katz": walks.katz,
        "out-degree": counting.out_degree,
        "pagerank": walks.pagerank,
        "strength": counting.strength,
        "two-mode-degree": counting.two_mode_degree,
        "weighted-clustering": triads.weighted_clustering,
    },
)
