"""A network at a glance: how large it is, how far its dates reach, and its strongest ties."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from coopgraph.network import fold
from coopgraph.network.formats.selecting import described
from coopgraph.network.selection import select
from coopgraph.network.whole.components import pieces

if TYPE_CHECKING:
    from coopgraph.network.formats.origin import Origin
    from coopgraph.network.formats.sheet import Sheet
    from coopgraph.network.network import Network
    from coopgraph.network.selection import Selection
    from coopgraph.store.port import Reader

SHOWN: Final = 25
"""How many ties are listed."""


def summary(reader: Reader, selection: Selection, origin: Origin) -> dict[str, Any]:
    """Numbers and the strongest ties, those of equal strength in the order of their ends."""
    found = select(reader, selection, base=origin.base)
    network = fold.network(found.affiliations, selection.projection.mode, selection.rule)
    sheet = described(found.affiliations, network, selection, origin)
    first, last = (list(sheet.tie_column(bound).plain()) for bound in ("first", "last"))
    return {
        "nodes": network.n,
        "kinds": dict(sorted(Counter(network.nodes.kind).items())),
        "classes": dict(sorted(Counter(network.nodes.cls).items())),
        "ties": network.m,
        "directed": network.directed,
        "isolates": int(network.n - len(np.union1d(network.source, network.target))),
        "components": pieces(network)[0],
        "statements": len(found.affiliations),
        "documents": len(np.unique(found.affiliations.document[found.affiliations.document >= 0])),
        "certain": found.timing.certain,
        "possible": found.timing.possible,
        "outside": found.timing.outside,
        "undated": found.timing.undated,
        "undated_ties": sum(not (begin or end) for begin, end in zip(first, last, strict=True)),
        "first": min(filter(None, first), default=""),
        "last": max(last, default=""),
        "strongest": _strongest(network, sheet),
    }


def _strongest(network: Network, sheet: Sheet) -> list[dict[str, Any]]:
    order = np.lexsort((network.target, network.source, -network.strengths.values))[:SHOWN]
    nodes = network.nodes
    rows = []
    for tie in order.tolist():
        source, target = int(network.source[tie]), int(network.target[tie])
        rows.append(
            {
                "source": nodes.iri[source],
                "source_label": nodes.label[source],
                "target": nodes.iri[target],
                "target_label": nodes.label[target],
                **sheet.tie(tie),
            }
        )
    return rows
