"""The measures of whole networks that are offered, in the order in which reports show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.whole import (
    average_clustering,
    centralisation,
    components,
    degree_assortativity,
    density,
    group_assortativity,
    isolates,
    modularity,
    paths,
    reciprocity,
    size,
    transitivity,
)

if TYPE_CHECKING:
    from coopgraph.network.network import Mode
    from coopgraph.network.whole.measure import WholeGroupMeasure, WholeMeasure

WHOLE: Final[tuple[WholeMeasure, ...]] = (
    size.NODES,
    size.TIES,
    density.MEASURE,
    components.COMPONENTS,
    components.STRONG_COMPONENTS,
    components.LARGEST_COMPONENT,
    isolates.MEASURE,
    reciprocity.MEASURE,
    paths.AVERAGE_PATH,
    paths.DIAMETER,
    transitivity.MEASURE,
    average_clustering.MEASURE,
    degree_assortativity.MEASURE,
    centralisation.DEGREE,
    centralisation.IN_DEGREE,
    centralisation.OUT_DEGREE,
    centralisation.CLOSENESS,
    centralisation.BETWEENNESS,
)

# These need a division of the nodes into groups as well.
WHOLE_GROUP: Final[tuple[WholeGroupMeasure, ...]] = (group_assortativity.MEASURE, modularity.MEASURE)


def for_mode(mode: Mode) -> tuple[WholeMeasure, ...]:
    """The measures of whole networks that are defined for this mode."""
    return tuple(item for item in WHOLE if item.applies(mode))
