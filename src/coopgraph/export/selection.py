"""Which graphs of a release go into an export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions

from coopgraph import terms
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from coopgraph.store.port import Reader

FACTS: Final = "facts"
ALL: Final = "all"
_ALWAYS: Final = {"prospective", "inferred", "background", "shapes"}
_DEFAULT: Final = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Selection:
    """`facts` (the default graph: facts, entities, vocabularies, ontology), `all`, or the name of one graph."""

    name: str

    def quads(self, reader: Reader, *, base: str = terms.BASE) -> list[Quad]:
        """The selected quads in an order that depends on their content alone.

        Raises:
            CoopgraphError: "not-found" if the release has no graph of this name.
        """
        if self.name == ALL:
            about = NamedNode(terms.rebase(terms.DESCRIPTION_GRAPH.value, base))
            # What a release says of itself follows from its content and is no part of it.
            found = [quad for quad in reader.quads() if quad.graph_name != about]
        elif self.name == FACTS:
            found = list(reader.quads(None, None, None, _DEFAULT))
        else:
            found = self._named(reader, base)
            if not found and self.name not in _ALWAYS:
                raise CoopgraphError(
                    "not-found",
                    f"The release has no graph {self.name!r}.",
                    remedy=f"There are {', '.join((FACTS, ALL, *names(reader, base=base)))}.",
                )
        return sorted(found, key=order)

    def _named(self, reader: Reader, base: str) -> list[Quad]:
        try:
            graph = NamedNode(terms.rebase(terms.GRAPH, base) + self.name)
        except ValueError:
            return []
        return list(reader.quads(None, None, None, graph))


def names(reader: Reader, *, base: str = terms.BASE) -> tuple[str, ...]:
    """The names of the release's named graphs, as they are written after `--graph`."""
    graphs = reader.query("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }")
    if not isinstance(graphs, QuerySolutions):
        raise TypeError("a SELECT query is answered by solutions")
    prefix = terms.rebase(terms.GRAPH, base)
    iris = sorted(graph.value for graph in (row["graph"] for row in graphs) if isinstance(graph, NamedNode))
    return tuple(iri.removeprefix(prefix) for iri in iris)


def order(quad: Quad) -> tuple[str, str, bool, str, str]:
    """By graph, default first; then by subject, its class first; then by property and value."""
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
    is_class = quad.predicate.value == terms.PREFIXES["rdf"] + "type"
    return graph, str(quad.subject), not is_class, quad.predicate.value, str(quad.object)
