"""A knowledge graph service on international cooperation in which every fact leads to its passage.

import coopgraph
with coopgraph.open() as graph:
    graph.query("SELECT ?meeting { ?meeting a cg:Meeting }")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["CoopgraphError", "Graph", "Table", "__version__", "open"]

if TYPE_CHECKING:
    from coopgraph.api import Graph, Table
    from coopgraph.api import open_graph as open
    from coopgraph.errors import CoopgraphError


def __getattr__(name: str) -> object:
    # Reader processes import one small module of this package and must start fast, so the rest is imported on demand.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from coopgraph import api  # noqa: PLC0415 - see above

    return api.open_graph if name == "open" else getattr(api, name)
