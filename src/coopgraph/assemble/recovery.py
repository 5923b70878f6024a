"""Assertions read back from the quads that describe them: the inverse of what `dataset` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.assemble.assertions import Assertion
from coopgraph.model.claim import Statement
from coopgraph.model.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad

    from coopgraph.model.ontology import Ontology

    Described = Mapping[NamedNode, set[NamedNode | Literal]]

DOCUMENTS: Final = terms.GRAPH + "doc/"
_SPAN: Final = terms.ID + "span/"


def stated(quads: Iterable[Quad], ontology: Ontology) -> tuple[Assertion, ...]:
    """The assertions of documents among these quads, sorted by name.

    What is not yet an assertion, since something is missing, doubled or not of the ontology, is left out: nothing
    follows from it, and what is wrong with it is for the shapes to say.
    """
    described = _described(quad for quad in quads if in_document(quad))
    found = (_assertion(iri, one, ontology) for iri, one in described.items())
    return tuple(sorted((one for one in found if one is not None and one.spans), key=_name))


def background(quads: Iterable[Quad], ontology: Ontology) -> tuple[Assertion, ...]:
    """The assertions among these quads that come from records outside the documents, sorted by name."""
    described = _described(quad for quad in quads if quad.graph_name == terms.BACKGROUND_GRAPH)
    found = (_assertion(iri, one, ontology) for iri, one in described.items())
    return tuple(sorted((one for one in found if one is not None and one.records), key=_name))


def in_document(quad: Quad) -> bool:
    """Whether the quad stands in the graph of a document."""
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(DOCUMENTS)


def _described(quads: Iterable[Quad]) -> dict[NamedNode, dict[NamedNode, set[NamedNode | Literal]]]:
    found: dict[NamedNode, dict[NamedNode, set[NamedNode | Literal]]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            found.setdefault(quad.subject, {}).setdefault(quad.predicate, set()).add(quad.object)
    return {subject: described for subject, described in found.items() if cg.SUBJECT in described}


def _assertion(iri: NamedNode, described: Described, ontology: Ontology) -> Assertion | None:
    statement = _statement(described, ontology)
    ranks = _nodes(described, cg.RANK)
    if statement is None or not ranks:
        return None
    evidence = _nodes(described, cg.HAS_EVIDENCE)
    spans = (_span(node) for node in evidence)
    return Assertion(
        iri=iri,
        # Its class is described and not derived, so nothing that follows depends on it.
        cls=cg.CLS_ASSERTION,
        statement=statement,
        ranks=ranks,
        spans=tuple(sorted(span for span in spans if span is not None)),
        records=tuple(node for node in evidence if not node.value.startswith(_SPAN)),
    )


def _statement(described: Described, ontology: Ontology) -> Statement | None:
    subject, predicate = _one(described, cg.SUBJECT), _one(described, cg.PREDICATE)
    factuality, polarity = _one(described, cg.FACTUALITY), _one(described, cg.POLARITY)
    objects = described.get(cg.OBJECT, set()) | described.get(cg.VALUE, set())
    named = (subject, predicate, factuality, polarity)
    if len(objects) != 1 or not all(isinstance(node, NamedNode) for node in named):
        return None
    if predicate not in ontology.properties:
        return None
    optional = {
        name: _one(described, key)
        for name, key in (
            ("role", cg.ROLE),
            ("attributed_to", cg.ATTRIBUTED_TO),
            ("valid_from", cg.VALID_FROM),
            ("valid_until", cg.VALID_UNTIL),
        )
    }
    (object_,) = objects
    return Statement(subject, predicate, object_, factuality, polarity, **optional)  # type: ignore[arg-type]


def _one(described: Described, predicate: NamedNode) -> NamedNode | Literal | None:
    """The only value; None if there is none, or more than one."""
    values = described.get(predicate, set())
    return next(iter(values)) if len(values) == 1 else None


def _nodes(described: Described, predicate: NamedNode) -> tuple[NamedNode, ...]:
    return tuple(sorted((node for node in described.get(predicate, ()) if isinstance(node, NamedNode)), key=str))


def _span(node: NamedNode) -> Span | None:
    document, _, position = node.value.removeprefix(_SPAN).rpartition("/")
    start, _, end = position.partition("-")
    if not node.value.startswith(_SPAN) or not (start.isdecimal() and end.isdecimal()):
        return None
    return Span(document, int(start), int(end))


def _name(assertion: Assertion) -> str:
    return assertion.iri.value
