"""The projection redone after a change, as far as the change reaches; and what it forbids the change to write.

Facts, plans and inferences follow from assertions. Whoever wants another fact changes the assertions: a fact without
one is refused, and so is the removal of a fact that still follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.assemble import recovery
from coopgraph.assemble.dataset import derived
from coopgraph.curate.ontology import PROPERTY_CLASSES, understand
from coopgraph.curate.registry import ALLOWED
from coopgraph.model.finding import Finding, Severity
from coopgraph.validate.incremental.change import Delta

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coopgraph.model.ontology import Ontology
    from coopgraph.validate.incremental.change import Quads

COMPONENT: Final = f"<{terms.SHAPES}projection>"
_UNFOUNDED: Final = (
    "W01 No assertion with evidence justifies this triple: add one to the graph of the document that says it,"
    " and the triple follows."
)
_FOLLOWS: Final = (
    "W02 This triple still follows from assertions: remove or deprecate those that assert it, and it goes by itself."
)
_DEFAULT: Final = DefaultGraph()
_DOCUMENTS: Final = (f"{terms.ID}doc/", f"{terms.ID}zone/")
# What describes things, documents and concepts is no fact of a document; it needs no evidence.
_DESCRIBING: Final = ALLOWED | {
    cg.IN_DOCUMENT, cg.OA_START, cg.OA_END, cg.ZONE_REASON, cg.CHAR_LENGTH, cg.TEXT_DIGEST, cg.ROLE_PROPERTY,
}  # fmt: skip
_OF_ASSERTIONS: Final = frozenset(
    {
        cg.SUBJECT, cg.PREDICATE, cg.OBJECT, cg.VALUE, cg.ROLE, cg.FACTUALITY, cg.POLARITY, cg.RANK,
        cg.ATTRIBUTED_TO, cg.HAS_EVIDENCE, cg.STATED_IN, cg.VALID_FROM, cg.VALID_UNTIL,
    }
)  # fmt: skip


def project_anew(before: Quads, after: Quads, delta: Delta) -> tuple[Delta, tuple[Finding, ...]]:
    """What must come and go besides `delta` so that exactly what follows stands there, and what `delta` must not do."""
    earlier, ontology = _ontology(before), _ontology(after)
    about = _subjects(before, after, delta) if earlier == ontology else None
    old, new = _follows(before, about, earlier), _follows(after, about, ontology)
    findings = [
        *(_finding(_UNFOUNDED, quad) for quad in delta.added if quad not in new and _must_follow(quad, ontology)),
        *(_finding(_FOLLOWS, quad) for quad in delta.removed if quad in new),
    ]
    gone = (quad for quad in old - new if _holds(after, quad))
    return Delta(frozenset(quad for quad in new if not _holds(after, quad)), frozenset(gone)), tuple(findings)


def _must_follow(quad: Quad, ontology: Ontology) -> bool:
    """Whether a quad may only stand there as a consequence of assertions."""
    if quad.graph_name in {terms.PROSPECTIVE_GRAPH, terms.INFERRED_GRAPH}:
        return True
    if quad.predicate not in ontology.properties:
        # No assertion can have such a property, so nothing can be said by it of what the graph is about.
        return (
            quad.graph_name in {_DEFAULT, terms.BACKGROUND_GRAPH}
            and quad.predicate not in _DESCRIBING | _OF_ASSERTIONS
            and any(_is_thing(node) for node in (quad.subject, quad.object))
        )
    if quad.graph_name == terms.BACKGROUND_GRAPH:
        return quad.predicate not in _OF_ASSERTIONS
    return isinstance(quad.graph_name, DefaultGraph) and quad.predicate not in _DESCRIBING | _OF_ASSERTIONS


def _is_thing(node: object) -> bool:
    """Whether it is something that documents speak of, which the documents themselves are not, nor their zones."""
    return isinstance(node, NamedNode) and node.value.startswith(terms.ID) and not node.value.startswith(_DOCUMENTS)


def _finding(message: str, quad: Quad) -> Finding:
    code = message.split(" ", 1)[0]
    return Finding(
        code=code,
        severity=Severity.VIOLATION,
        focus=str(quad.subject),
        path=str(quad.predicate),
        value=str(quad.object),
        message=message,
        shape=f"<{terms.SHAPES}{code}>",
        component=COMPONENT,
    )


def _ontology(store: Quads) -> Ontology:
    """The properties of a dataset's ontology; of classes and concepts the projection knows nothing."""
    patterns = [(cg.RDF_TYPE, cls) for cls in sorted(PROPERTY_CLASSES, key=str)]
    patterns += [(cg.RDFS_SUB_PROPERTY_OF, None), (cg.RDFS_RANGE, None)]  # type: ignore[list-item]
    return understand(
        quad for predicate, object_ in patterns for quad in store.quads(None, predicate, object_, _DEFAULT)
    )


def _subjects(before: Quads, after: Quads, delta: Delta) -> frozenset[NamedNode]:
    """The things of which facts may have changed."""
    touched = {quad.subject for quad in delta if isinstance(quad.subject, NamedNode)}
    found = {quad.subject for quad in delta if not recovery.in_document(quad) and isinstance(quad.subject, NamedNode)}
    for store in (before, after):
        for node in touched:
            # An inference has no subject itself, but those assertions have that rest on it.
            resting = {quad.subject for quad in store.quads(None, cg.HAS_EVIDENCE, node, terms.INFERRED_GRAPH)}
            for assertion in (node, *resting):
                found.update(_objects(store, assertion, cg.SUBJECT))
        # Whoever holds a post is affiliated with what the post is in.
        for post in tuple(found):
            for quad in store.quads(None, cg.OBJECT, post):
                if cg.HOLDS_POST in set(_objects(store, quad.subject, cg.PREDICATE)):
                    found.update(_objects(store, quad.subject, cg.SUBJECT))
    return frozenset(found)


def _follows(store: Quads, about: frozenset[NamedNode] | None, ontology: Ontology) -> set[Quad]:
    """What follows in a dataset, or in it about some things."""
    quads = list(store.quads()) if about is None else list(_claims(store, about))
    return derived(recovery.stated(quads, ontology), recovery.background(quads, ontology), ontology, about=about)


def _claims(store: Quads, about: Iterable[NamedNode]) -> Iterator[Quad]:
    """All quads of the assertions about these things, and of those about the posts that are held."""
    done: set[object] = set()
    todo: list[NamedNode] = list(about)
    given = frozenset(todo)
    while todo:
        subject = todo.pop()
        if subject in done:
            continue
        done.add(subject)
        for assertion in {quad.subject for quad in store.quads(None, cg.SUBJECT, subject)}:
            described = list(store.quads(assertion)) if isinstance(assertion, NamedNode) else []
            yield from described
            if subject in given and any(quad.object == cg.HOLDS_POST for quad in described):
                todo += [
                    quad.object
                    for quad in described
                    if quad.predicate == cg.OBJECT and isinstance(quad.object, NamedNode)
                ]


def _objects(store: Quads, subject: object, predicate: NamedNode) -> Iterator[NamedNode]:
    if isinstance(subject, NamedNode):
        for quad in store.quads(subject, predicate):
            if isinstance(quad.object, NamedNode):
                yield quad.object


def _holds(store: Quads, quad: Quad) -> bool:
    found = store.quads(quad.subject, quad.predicate, quad.object, quad.graph_name)  # type: ignore[arg-type]
    return next(iter(found), None) is not None
