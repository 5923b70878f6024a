"""From a release and a selection to a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network import fold
from coopgraph.network.communities import consensus, seeds_for
from coopgraph.network.evidence import evidence
from coopgraph.network.formats.describing import describe, statements
from coopgraph.network.formats.form import Content
from coopgraph.network.formats.origin import about, place
from coopgraph.network.formats.sheet import Column, Kind
from coopgraph.network.selection import selected

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.formats.origin import Origin
    from coopgraph.network.formats.sheet import Sheet
    from coopgraph.network.network import Network
    from coopgraph.network.selection import Selection
    from coopgraph.store.port import Reader


def sheet(reader: Reader, selection: Selection, origin: Origin, content: Content = Content.TIES) -> Sheet:
    """The network that the selection makes of the release, with the evidence of its ties, or its statements alone.

    Communities are searched for only if they are the content.

    Raises:
        CoopgraphError: what reading raises.
    """
    found = selected(reader, selection, base=origin.base)
    if content is Content.STATEMENTS:
        return statements(found, selection.projection.mode, about(selection, origin))
    network = fold.network(found, selection.projection.mode, selection.rule)
    further = (_communities(network),) if content is Content.COMMUNITIES else ()
    return described(found, network, selection, origin, *further)


def described(
    affiliations: Affiliations, network: Network, selection: Selection, origin: Origin, *further: Column
) -> Sheet:
    """The sheet of a network that a selection has made of these affiliations; `further` are columns of its nodes."""
    counted = evidence(affiliations, network)
    return describe(network, counted, place(selection, origin), about(selection, origin), further=further)


def _communities(network: Network) -> Column:
    """The community of each node, as the report on the network finds and numbers them unless asked otherwise."""
    found = consensus(network, seeds=seeds_for(network))
    return Column("community", Kind.WHOLE, "number of its community; 1 is the largest", found.partition + 1)
