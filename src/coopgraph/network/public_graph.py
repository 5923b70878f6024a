"""A network as a networkx graph for whoever works with networkx: named nodes, typed attributes, evidence on ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from coopgraph.network.formats.sheet import Sheet


def graph(sheet: Sheet) -> nx.Graph:
    """A Graph, or a DiGraph if ties have a direction; nodes by their IRIs, nodes and ties in order of these.

    Attributes are those that exported files have, each of one type for all: of nodes `label`, `language`, `kind`,
    `class`, `identification`, `bipartite` (0 source side, 1 target side), `first` and `last`; of ties `strength`,
    `distance`, `events`, `documents`, `publishers`, `first` and `last` (YYYY-MM-DD; empty where no source dates it)
    and `evidence`, the address at which the passages behind the tie are shown. No attribute is called `weight`: a
    measure that reads one has to say which of strength and distance it means. `graph.graph` tells projection, rule,
    period, level and release.
    """
    made = nx.DiGraph() if sheet.directed else nx.Graph()
    made.graph.update(sheet.about)
    of_nodes, of_ties = ([column.name for column in columns] for columns in (sheet.nodes, sheet.ties))
    made.add_nodes_from((iri, dict(zip(of_nodes, values, strict=True))) for iri, *values in sheet.node_rows())
    ids = sheet.ids
    made.add_edges_from(
        (ids[source], ids[target], dict(zip(of_ties, values, strict=True)))
        for source, target, *values in sheet.tie_rows()
    )
    return made
