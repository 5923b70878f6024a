"""From a release and a selection to a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network import fold
from coopgraph.network.evidence import evidence
from coopgraph.network.formats.describing import describe, statements
from coopgraph.network.formats.form import Content
from coopgraph.network.formats.origin import about, place
from coopgraph.network.selection import selected

if TYPE_CHECKING:
    from coopgraph.network.formats.origin import Origin
    from coopgraph.network.formats.sheet import Sheet
    from coopgraph.network.selection import Selection
    from coopgraph.store.port import Reader


def sheet(reader: Reader, selection: Selection, origin: Origin, content: Content = Content.TIES) -> Sheet:
    """The network that the selection makes of the release, with the evidence of its ties, or its statements alone.

    Raises:
        CoopgraphError: what reading raises.
    """
    found = selected(reader, selection, base=origin.base)
    if content is Content.STATEMENTS:
        return statements(found, selection.projection.mode, about(selection, origin))
    network = fold.network(found, selection.projection.mode, selection.rule)
    return describe(network, evidence(found, network), place(selection, origin), about(selection, origin))
