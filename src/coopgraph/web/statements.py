"""What a release says about one thing, as quads with the labels of everything in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.web.wording import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.web.service import Reading

_ABOUT: Final = """
SELECT DISTINCT ?g ?s ?p ?o WHERE {{
  {{ {thing} ?p ?o BIND({thing} AS ?s) }}
  UNION {{ ?s ?p {thing} BIND({thing} AS ?o) }}
  UNION {{ GRAPH ?g {{ {thing} ?p ?o }} BIND({thing} AS ?s) }}
  UNION {{ GRAPH ?g {{ ?s ?p {thing} }} BIND({thing} AS ?o) }}
}}
"""
_LABELS: Final = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?s ?p ?o WHERE {{
  VALUES ?s {{ {things} }}
  {{ ?s skos:prefLabel ?o BIND(skos:prefLabel AS ?p) }} UNION {{ ?s rdfs:label ?o BIND(rdfs:label AS ?p) }}
  UNION {{ GRAPH ?g {{ ?s skos:prefLabel ?o }} BIND(skos:prefLabel AS ?p) }}
  UNION {{ GRAPH ?g {{ ?s rdfs:label ?o }} BIND(rdfs:label AS ?p) }}
}}
"""
_SAID_OF: Final = """
PREFIX cg: <https://w3id.org/coopgraph/ns#>
SELECT DISTINCT ?s ?p WHERE {{ GRAPH ?g {{ ?a cg:object {thing} ; cg:subject ?s ; cg:predicate ?p }} }}
"""
# Not by one path of both ends unknown: there are engines that cannot begin such a one.
_SUPERPROPERTIES: Final = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?p ?super WHERE {
  ?p rdfs:subPropertyOf ?direct . ?direct rdfs:subPropertyOf* ?super FILTER(?p != ?super && ISIRI(?super))
}
"""
_LABELLING: Final = frozenset({cg.SKOS_PREF_LABEL, cg.RDFS_LABEL})


@dataclass(frozen=True, slots=True)
class About:
    """All quads in which a thing is subject or object, and the labels of everything in them."""

    thing: NamedNode
    quads: tuple[Quad, ...]
    label_quads: tuple[Quad, ...]

    def within(self, graph: NamedNode | DefaultGraph) -> tuple[Quad, ...]:
        """The quads of one graph."""
        return tuple(quad for quad in self.quads if quad.graph_name == graph)


def about(reading: Reading, thing: NamedNode) -> About:
    """What the release says about the thing; no quads if it says nothing.

    Raises:
        CoopgraphError: if a limit is reached.
    """
    described = NamedNode(terms.rebase(terms.DESCRIPTION_GRAPH.value, reading.manifest.base))
    found = select_quads(reading, _ABOUT.format(thing=in_default_base(reading, thing)))
    # That a class is counted somewhere says nothing about the class.
    quads = tuple(quad for quad in found if quad.graph_name != described)
    return About(thing, quads, labels(reading, nodes(quads) | {thing}))


def asserted(reading: Reading, thing: NamedNode) -> frozenset[tuple[NamedNode, NamedNode]]:
    """Subject and predicate of every assertion that has the thing as its object.

    Raises:
        CoopgraphError: if a limit is reached.
    """
    rows = reading.select(_SAID_OF.format(thing=in_default_base(reading, thing)))
    return frozenset((row["s"], row["p"]) for row in rows)


def labels(reading: Reading, things: Iterable[NamedNode]) -> tuple[Quad, ...]:
    """All labels of these things.

    Raises:
        CoopgraphError: if a limit is reached.
    """
    wanted = sorted({str(in_default_base(reading, thing)) for thing in things})
    return select_quads(reading, _LABELS.format(things=" ".join(wanted))) if wanted else ()


def labels_in(quads: Iterable[Quad]) -> dict[str, tuple[Label, ...]]:
    """The labels among the quads, by IRI."""
    found: dict[str, tuple[Label, ...]] = {}
    for quad in quads:
        if quad.predicate in _LABELLING and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            label = Label(quad.object.value, quad.object.language or "")
            found[quad.subject.value] = (*found.get(quad.subject.value, ()), label)
    return found


def select_quads(reading: Reading, text: str, *, remember: bool = False) -> tuple[Quad, ...]:
    """The quads in the columns g, s, p, o of a query of ours, in a fixed order; no g means the default graph.

    Raises:
        CoopgraphError: if a limit is reached.
    """
    solutions = reading.select(text, remember=remember)
    has_graph = "g" in {variable.value for variable in solutions.variables}
    quads = (
        Quad(row["s"], row["p"], row["o"], (row["g"] if has_graph else None) or DefaultGraph()) for row in solutions
    )
    return tuple(sorted(quads, key=_order))


def nodes(quads: Iterable[Quad]) -> set[NamedNode]:
    """All IRIs in the quads, the datatypes of literals apart."""
    return {
        node
        for quad in quads
        for node in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(node, NamedNode)
    }


def without_implied(reading: Reading, quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """The quads without those that a more precise property of the same two already says.

    Raises:
        CoopgraphError: if a limit is reached.
    """
    above: dict[NamedNode, set[NamedNode]] = {}
    for row in reading.select(_SUPERPROPERTIES, remember=True):
        above.setdefault(row["p"], set()).add(row["super"])
    given = tuple(quads)
    implied = {
        Quad(quad.subject, wider, quad.object, quad.graph_name)
        for quad in given
        for wider in above.get(quad.predicate, ())
    }
    return tuple(quad for quad in given if quad not in implied)


def in_default_base(reading: Reading, node: NamedNode) -> NamedNode:
    """The node as queries of ours name it; `Reading.select` puts the release's base in again."""
    return terms.in_default_base(node, reading.manifest.base)


def _order(quad: Quad) -> tuple[str, str, bool, str, str]:
    subject = quad.subject.value if isinstance(quad.subject, NamedNode | BlankNode) else str(quad.subject)
    return str(quad.graph_name), subject, quad.predicate != cg.RDF_TYPE, quad.predicate.value, str(quad.object)
