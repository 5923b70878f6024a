"""The whole dataset as quads: what a release holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    serialize,
)

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.assemble.assertions import Assertion, assert_all
from coopgraph.assemble.inference import infer
from coopgraph.assemble.projection import project
from coopgraph.curate.values import INTEGER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from coopgraph.curate.source import Source
    from coopgraph.model.document import Span
    from coopgraph.model.ontology import Ontology

_DEFAULT: Final = DefaultGraph()


def assemble(source: Source) -> list[Quad]:
    """All quads of the dataset, without duplicates, in canonical order."""
    ontology = source.ontology.ontology
    claimed = assert_all(source.claims, ontology)
    background = tuple(assertion for assertion in claimed if assertion.records)
    stated = tuple(assertion for assertion in claimed if assertion.spans)
    quads: set[Quad] = set(source.entities) | set(_canonical(source.ontology.terms, _DEFAULT))
    quads.update(_canonical(source.ontology.shapes, terms.SHAPES_GRAPH))
    for assertion in stated:
        for document in assertion.documents:
            quads.update(_stated(assertion, document, source.digests))
    for assertion in background:
        quads.update(_described(assertion, terms.BACKGROUND_GRAPH))
        quads.update(
            Quad(assertion.iri, cg.HAS_EVIDENCE, record, terms.BACKGROUND_GRAPH) for record in assertion.records
        )
    return sorted(quads | derived(stated, background, ontology), key=_order)


def derived(
    stated: Sequence[Assertion],
    background: Sequence[Assertion],
    ontology: Ontology,
    *,
    about: Collection[NamedNode] | None = None,
) -> set[Quad]:
    """What follows from assertions: facts, plans, and what was inferred, each in its graph.

    With `about` only what follows about these things; then `stated` need hold no more than the assertions about them,
    and about the posts they hold.
    """
    inferred = [one for one in infer(stated, ontology) if about is None or one.statement.subject in about]
    counting = [one for one in (*stated, *inferred) if about is None or one.statement.subject in about]
    background = [one for one in background if about is None or one.statement.subject in about]
    quads = {quad for assertion in inferred for quad in _inferred(assertion)}
    for triples, graph in (
        (project(counting, cg.FACTUALITY_ACTUAL, ontology), _DEFAULT),
        (project(counting, cg.FACTUALITY_PROSPECTIVE, ontology), terms.PROSPECTIVE_GRAPH),
        (project(background, cg.FACTUALITY_ACTUAL, ontology), terms.BACKGROUND_GRAPH),
    ):
        quads.update(Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    return quads


def trig(quads: Iterable[Quad]) -> bytes:
    """The quads in TriG; the same bytes for the same quads in canonical order."""
    written = serialize(quads, format=RdfFormat.TRIG, prefixes=terms.PREFIXES)
    return b"" if written is None else written


def _order(quad: Quad) -> str:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
    # The class first, as in Turtle written by hand. One text sorts faster, and in less memory, than a tuple of them;
    # no term holds the separator.
    return f"{graph}\0{quad.subject}\0{quad.predicate != cg.RDF_TYPE:d}{quad.predicate.value}\0{quad.object}"


def _canonical(quads: Iterable[Quad], graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """The quads in another graph, with blank nodes named by their content so that no run differs from the next."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in dataset)


def _described(assertion: Assertion, graph: NamedNode) -> Iterator[Quad]:
    statement = assertion.statement
    described: list[tuple[NamedNode, NamedNode | Literal | None]] = [
        (cg.RDF_TYPE, assertion.cls),
        (cg.SUBJECT, statement.subject),
        (cg.PREDICATE, statement.predicate),
        (cg.VALUE if isinstance(statement.object, Literal) else cg.OBJECT, statement.object),
        (cg.FACTUALITY, statement.factuality),
        (cg.POLARITY, statement.polarity),
        (cg.ROLE, statement.role),
        (cg.ATTRIBUTED_TO, statement.attributed_to),
        (cg.VALID_FROM, statement.valid_from),
        (cg.VALID_UNTIL, statement.valid_until),
        *((cg.RANK, rank) for rank in assertion.ranks),
    ]
    # Plain RDF users and reasoners see one class, and its super-class without having to infer it.
    if assertion.cls != cg.CLS_ASSERTION:
        described.append((cg.RDF_TYPE, cg.CLS_ASSERTION))
    return (Quad(assertion.iri, predicate, object_, graph) for predicate, object_ in described if object_ is not None)


def _stated(assertion: Assertion, document: str, digests: Mapping[Span, str]) -> Iterator[Quad]:
    graph = terms.document_graph(document)
    source = terms.thing(f"doc/{document}")
    yield from _described(assertion, graph)
    yield Quad(assertion.iri, cg.STATED_IN, source, graph)
    for span in assertion.spans:
        if span.document != document:
            continue
        yield Quad(assertion.iri, cg.HAS_EVIDENCE, span.iri, graph)
        yield Quad(span.iri, cg.RDF_TYPE, cg.CLS_TEXT_SPAN, graph)
        yield Quad(span.iri, cg.IN_DOCUMENT, source, graph)
        yield Quad(span.iri, cg.OA_START, Literal(str(span.start), datatype=INTEGER), graph)
        yield Quad(span.iri, cg.OA_END, Literal(str(span.end), datatype=INTEGER), graph)
        yield Quad(span.iri, cg.SPAN_DIGEST, Literal(digests[span]), graph)


def _inferred(assertion: Assertion) -> Iterator[Quad]:
    graph = terms.INFERRED_GRAPH
    yield from _described(assertion, graph)
    if assertion.inference is not None:
        inference = assertion.inference.iri
        yield Quad(assertion.iri, cg.HAS_EVIDENCE, inference, graph)
        yield Quad(inference, cg.RDF_TYPE, cg.CLS_INFERENCE, graph)
        yield Quad(inference, cg.DERIVED_BY, assertion.inference.rule, graph)
        for premise in assertion.inference.premises:
            yield Quad(inference, cg.PROV_WAS_DERIVED_FROM, premise, graph)
