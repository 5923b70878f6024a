"""What stands in which graph, and whether plain triples follow from the assertions that count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.validate.checks.breach import Breach
from coopgraph.validate.checks.counting import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import Quad

_DOCUMENTS: Final = terms.GRAPH + "doc/"
_OF_ASSERTIONS: Final = frozenset(
    {
        cg.SUBJECT, cg.PREDICATE, cg.OBJECT, cg.VALUE, cg.ROLE, cg.FACTUALITY, cg.POLARITY, cg.RANK,
        cg.ATTRIBUTED_TO, cg.HAS_EVIDENCE, cg.STATED_IN, cg.VALID_FROM, cg.VALID_UNTIL,
    }
)  # fmt: skip
_OF_SPANS: Final = frozenset({cg.IN_DOCUMENT, cg.OA_START, cg.OA_END, cg.OA_EXACT, cg.SPAN_DIGEST})
_OF_INFERENCES: Final = frozenset({cg.DERIVED_BY, cg.PROV_WAS_DERIVED_FROM})
# Zones are described in the default graph with the same positions as spans, so a position alone says nothing there.
_NOT_PLAIN: Final = _OF_ASSERTIONS | _OF_INFERENCES | {cg.SPAN_DIGEST}
_PROVENANCE: Final = frozenset({cg.STATED_IN, cg.IN_DOCUMENT})


def placed(quads: Sequence[Quad]) -> Iterator[Breach]:
    """K05 to K11; nothing for data in one graph, which say nothing of placement."""
    graphs = {quad.graph_name for quad in quads} - {DefaultGraph(), terms.SHAPES_GRAPH}
    if not graphs:
        return
    for graph in graphs:
        if isinstance(graph, NamedNode) and not _known(graph):
            yield Breach("K06", graph)
    ledger = Ledger(quads)
    for quad in quads:
        yield from _quad(quad)
        yield from ledger.surplus(quad)
    yield from ledger.missing()


def _known(graph: NamedNode) -> bool:
    fixed = {
        terms.PROSPECTIVE_GRAPH,
        terms.INFERRED_GRAPH,
        terms.BACKGROUND_GRAPH,
        terms.MEASURES_GRAPH,
        terms.SHAPES_GRAPH,
    }
    return graph in fixed or graph.value.startswith(_DOCUMENTS)


def _quad(quad: Quad) -> Iterator[Breach]:
    graph, predicate = quad.graph_name, quad.predicate
    if isinstance(graph, DefaultGraph):
        if predicate in _NOT_PLAIN:
            yield Breach("K05", quad.subject, predicate, quad.object)
        return
    if not isinstance(graph, NamedNode) or graph == terms.SHAPES_GRAPH:
        return
    if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
        yield Breach("K11", quad.subject, predicate, quad.object)
    if graph in {terms.PROSPECTIVE_GRAPH, terms.MEASURES_GRAPH}:
        misplaced = predicate in _NOT_PLAIN
    elif graph == terms.INFERRED_GRAPH:
        misplaced = predicate != cg.RDF_TYPE and predicate not in _OF_ASSERTIONS | _OF_INFERENCES
    elif graph.value.startswith(_DOCUMENTS):
        misplaced = predicate != cg.RDF_TYPE and predicate not in _OF_ASSERTIONS | _OF_SPANS
        own = terms.thing("doc/" + graph.value.removeprefix(_DOCUMENTS))
        if predicate in _PROVENANCE and quad.object != own:
            yield Breach("K07", quad.subject, predicate, quad.object)
    else:
        misplaced = False
    if misplaced:
        yield Breach("K05", quad.subject, predicate, quad.object)
