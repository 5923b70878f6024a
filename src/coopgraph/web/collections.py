"""Terms, vocabularies, shapes and graphs as wholes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.errors import CoopgraphError
from coopgraph.web.statements import select_quads
from coopgraph.web.wording import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

    from coopgraph.web.naming import Namer, Shown
    from coopgraph.web.service import Reading

_PREFIXES: Final = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
# Axioms hang on blank nodes, which are found by the properties that only such nodes have.
_TERMS: Final = (
    _PREFIXES
    + """
SELECT DISTINCT ?s ?p ?o WHERE {
  { VALUES ?s { <https://w3id.org/coopgraph/ns> } ?s ?p ?o }
  UNION { ?s rdfs:isDefinedBy <https://w3id.org/coopgraph/ns> ; ?p ?o }
  UNION {
    VALUES ?axiom { rdf:first owl:members owl:unionOf owl:intersectionOf owl:onProperty owl:complementOf owl:oneOf }
    ?s ?axiom [] FILTER(ISBLANK(?s)) ?s ?p ?o
  }
}
"""
)
_SCHEMES: Final = _PREFIXES + "SELECT DISTINCT ?s ?p ?o WHERE { ?s a skos:ConceptScheme ; ?p ?o }"
_SCHEME: Final = (
    _PREFIXES
    + "SELECT DISTINCT ?s ?p ?o WHERE {{ {{ VALUES ?s {{ {scheme} }} ?s ?p ?o }}"
    + " UNION {{ ?s skos:inScheme {scheme} ; ?p ?o }} }}"
)
_SHAPES: Final = "SELECT ?s ?p ?o WHERE { GRAPH <https://w3id.org/coopgraph/graph/shapes> { ?s ?p ?o } }"
_GRAPH: Final = "SELECT ?g ?s ?p ?o WHERE {{ BIND({graph} AS ?g) GRAPH {graph} {{ ?s ?p ?o }} }}"
_GRAPHS: Final = terms.GRAPH.removeprefix(terms.BASE)
_TITLES: Final = {"ns": "Terms", "vocab": "Vocabularies", "shapes": "Shapes"}
_KINDS: Final = {
    "Class": "Classes",
    "ObjectProperty": "Relations between things",
    "DatatypeProperty": "Properties with values",
    "AnnotationProperty": "Annotations",
    "ConceptScheme": "Vocabularies",
    "Concept": "Concepts",
    "NodeShape": "Shapes",
    "PropertyShape": "Shapes of properties",
}
_PARTS: Final = tuple(NamedNode(terms.PREFIXES["sh"] + name) for name in ("property", "sparql"))
_DEFINING: Final = (
    cg.SKOS_DEFINITION,
    cg.DCTERMS_DESCRIPTION,
    NamedNode(terms.PREFIXES["sh"] + "message"),
    NamedNode(terms.PREFIXES["rdfs"] + "comment"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One term, concept, vocabulary or shape, and what defines it; `anchor` is its place on the page, if it has one."""

    name: Shown
    kind: str
    definitions: tuple[str, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Collection:
    """All of them, under a title, by kind and label."""

    title: str
    iri: str
    members: tuple[Member, ...]


def quads(reading: Reading, path: str) -> tuple[Quad, ...]:
    """All that the release says to define what the path collects; nothing if it collects nothing.

    Raises:
        CoopgraphError: if a limit is reached.
    """
    known = {"ns": _TERMS, "vocab": _SCHEMES, "shapes": _SHAPES}
    if path in known:
        return select_quads(reading, known[path], remember=True)
    try:
        node = NamedNode(terms.BASE + path)
        if is_graph(path):
            return select_quads(reading, _GRAPH.format(graph=node))
        return select_quads(reading, _SCHEME.format(scheme=node))
    except ValueError as error:
        raise CoopgraphError("not-found", f"Nothing in this release is called {path}.") from error


def is_graph(path: str) -> bool:
    """Whether the path is that of a named graph."""
    return path.startswith(_GRAPHS)


def tell(path: str, quads: Iterable[Quad], namer: Namer) -> Collection:
    """The collection as a page shows it."""
    given = tuple(quads)
    iri = namer.base + path
    kinds: dict[NamedNode, str] = {}
    definitions: dict[object, list[str]] = {}
    # A shape is told by the messages of its parts, which are nodes of their own.
    wholes = {quad.object: quad.subject for quad in given if quad.predicate in _PARTS}
    for quad in given:
        if quad.subject == NamedNode(iri):
            continue
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode) and quad.predicate == cg.RDF_TYPE:
            local = local_name(value.value)
            kinds.setdefault(subject, _KINDS.get(local, local))
        if isinstance(value, Literal) and quad.predicate in _DEFINING:
            definitions.setdefault(wholes.get(subject, subject), []).append(value.value)
    if is_graph(path):
        # Its things have their classes elsewhere, most of them.
        for quad in given:
            if isinstance(quad.subject, NamedNode):
                kinds.setdefault(quad.subject, "Things")
    members = (
        Member(namer.show(node), kind, tuple(definitions.get(node, ())), node.value.partition("#")[2])
        for node, kind in kinds.items()
    )
    return Collection(_title(path, namer), iri, tuple(sorted(members, key=_place)))


def _title(path: str, namer: Namer) -> str:
    if is_graph(path):
        return f"Graph {path.removeprefix(_GRAPHS)}"
    return _TITLES.get(path) or namer.label(namer.base + path).text


def _place(member: Member) -> tuple[int, str, str, str]:
    order = list(_KINDS.values())
    index = order.index(member.kind) if member.kind in order else len(order)
    return index, member.kind, member.name.text.casefold(), member.name.iri


def as_dict(collection: Collection) -> dict[str, object]:
    """The collection for JSON."""
    return {
        "iri": collection.iri,
        "title": collection.title,
        "members": [
            {"iri": one.name.iri, "label": one.name.text, "kind": one.kind, "definition": " ".join(one.definitions)}
            for one in collection.members
        ],
    }
