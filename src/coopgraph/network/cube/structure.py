"""What every data set of measures is made of: its dimensions, its measure and its attributes (W3C RDF Data Cube)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from coopgraph import terms
from coopgraph import vocabulary as cg

if TYPE_CHECKING:
    from collections.abc import Iterator

QB: Final = terms.PREFIXES["qb"]
DIMENSIONS: Final = (cg.OF_NODE, cg.BY_MEASURE, cg.IN_PROJECTION, cg.OF_RELEASE, cg.IN_PERIOD)
MEASURE: Final = cg.CENTRALITY_VALUE
ATTRIBUTES: Final = (cg.CENTRALITY_RANK, cg.BEST_RANK, cg.WORST_RANK)
REQUIRED: Final = frozenset({cg.CENTRALITY_RANK})

_ANYTHING: Final = NamedNode(terms.PREFIXES["rdfs"] + "Resource")
_ROLES: Final = (
    *((property_, "dimension", "DimensionProperty") for property_ in DIMENSIONS),
    (MEASURE, "measure", "MeasureProperty"),
    *((property_, "attribute", "AttributeProperty") for property_ in ATTRIBUTES),
)


def structure() -> NamedNode:
    """The definition that all data sets of measures share, by its name in the default base."""
    return terms.thing("structure/centrality")


def triples() -> Iterator[Triple]:
    """The definition in the default base; its parts have names, since nothing in the graph is nameless."""
    yield Triple(structure(), cg.RDF_TYPE, cg.QB_DATA_STRUCTURE_DEFINITION)
    yield Triple(structure(), cg.RDFS_LABEL, Literal("Measures of the nodes of a network", language="en"))
    for order, (property_, role, kind) in enumerate(_ROLES, start=1):
        part = terms.thing(f"component/centrality-{order}")
        yield Triple(structure(), NamedNode(QB + "component"), part)
        yield Triple(part, cg.RDF_TYPE, NamedNode(QB + "ComponentSpecification"))
        yield Triple(part, NamedNode(QB + role), property_)
        yield Triple(part, NamedNode(QB + "order"), Literal(order))
        if role == "attribute":
            yield Triple(part, NamedNode(QB + "componentRequired"), Literal(property_ in REQUIRED))
        yield Triple(property_, cg.RDF_TYPE, NamedNode(QB + kind))
    # A node may be of any class; the other dimensions have their ranges in the ontology.
    yield Triple(cg.OF_NODE, cg.RDFS_RANGE, _ANYTHING)
