"""The measures of whole networks that are offered, in the order in which reports show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.whole import size

if TYPE_CHECKING:
    from coopgraph.network.network import Mode
    from coopgraph.network.whole.measure import WholeGroupMeasure, WholeMeasure

WHOLE: Final[tuple[WholeMeasure, ...]] = (size.NODES, size.TIES)

# These need a division of the nodes into groups as well.
WHOLE_GROUP: Final[tuple[WholeGroupMeasure, ...]] = ()


def for_mode(mode: Mode) -> tuple[WholeMeasure, ...]:
    """The measures of whole networks that are defined for this mode."""
    return tuple(item for item in WHOLE if item.applies(mode))
