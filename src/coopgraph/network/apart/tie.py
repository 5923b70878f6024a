"""One tie, opened: what joins its ends, according to which documents, and the facts whose passages say so."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.network import fold
from coopgraph.network.evidence import statements as rows_of
from coopgraph.network.explain.statements import statements
from coopgraph.network.formats.selecting import described
from coopgraph.network.selection import selected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.formats.origin import Origin
    from coopgraph.network.network import Network
    from coopgraph.network.selection import Selection
    from coopgraph.store.port import Reader


def tie(reader: Reader, selection: Selection, origin: Origin, source: str, target: str) -> Mapping[str, Any]:
    """The tie between two nodes, given by IRI or by name (`actor/asean`), with every statement that it rests on.

    Raises:
        CoopgraphError: "not-found" if one of them is no node of the network, or no tie joins them.
    """
    found = selected(reader, selection, base=origin.base)
    network = fold.network(found, selection.projection.mode, selection.rule)
    place_of = network.nodes.index()
    ends = [_index(place_of, name, origin.base) for name in (source, target)]
    number = _find(network, *ends)
    rows = rows_of(found, network, number)
    told: dict[str, Any] = {
        "source": asdict(network.nodes[int(network.source[number])]),
        "target": asdict(network.nodes[int(network.target[number])]),
        "directed": network.directed,
        **described(found, network, selection, origin).tie(number),
    }
    nodes = found.nodes
    told["statements"] = [
        {
            "source": asdict(nodes[int(found.source[row])]),
            "target": asdict(nodes[int(found.target[row])]),
            **asdict(statement),
        }
        for row, statement in zip(
            rows.tolist(),
            statements(found, selection.projection, rows.tolist(), base=origin.base),
            strict=True,
        )
    ]
    return told


def _index(place_of: Mapping[str, int], name: str, base: str) -> int:
    for iri in (name, terms.rebase(terms.ID, base) + name):
        if iri in place_of:
            return place_of[iri]
    raise CoopgraphError("not-found", f"{name!r} is no node of this network.")


def _find(network: Network, source: int, target: int) -> int:
    joins = (network.source == source) & (network.target == target)
    if not network.directed:
        joins |= (network.source == target) & (network.target == source)
    found = np.flatnonzero(joins)
    if not len(found):
        raise CoopgraphError("not-found", "No tie of this network joins the two.")
    return int(found[0])
