"""What a dataset holds, in the terms of VoID: graphs, classes and properties with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from coopgraph import terms
from coopgraph import vocabulary as cg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgraph.release.partitions import ClassCount, Counted, GraphCount, PropertyCount

VOID: Final = "http://rdfs.org/ns/void#"
VOID_EXT: Final = "http://ldf.fi/void-ext#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
DATASET: Final = NamedNode(terms.BASE + "void#dataset")
DEFAULT: Final = NamedNode(terms.BASE + "void#default-graph")
_LABEL: Final = NamedNode(terms.PREFIXES["rdfs"] + "label")


def statistics(counted: Counted) -> Iterator[Triple]:
    """The numbers of a dataset, graph by graph.

    A client that starts from `sd:graph`, as editors do, finds the default graph that way as well.
    """
    yield Triple(DATASET, cg.RDF_TYPE, _void("Dataset"))
    yield Triple(DATASET, cg.RDF_TYPE, NamedNode(SD + "Dataset"))
    yield _number(DATASET, "triples", sum(totals.triples for totals in counted.totals.values()))
    yield Triple(DATASET, NamedNode(SD + "defaultGraph"), about(b""))
    yield Triple(DEFAULT, NamedNode(SD + "graph"), about(b""))
    yield Triple(DEFAULT, _LABEL, Literal("Default graph: ontology, vocabularies, entities and facts", language="en"))
    for graph, totals in counted.totals.items():
        content = about(graph)
        yield Triple(content, cg.RDF_TYPE, NamedNode(SD + "Graph"))
        yield Triple(content, cg.RDF_TYPE, _void("Dataset"))
        yield Triple(DATASET, _void("subset"), content)
        yield _number(content, "triples", totals.triples)
        yield _number(content, "distinctSubjects", totals.subjects)
        yield _number(content, "classes", totals.classes)
        yield _number(content, "properties", totals.properties)
        if graph:
            node = _node(graph)
            yield Triple(DATASET, NamedNode(SD + "namedGraph"), node)
            yield Triple(node, cg.RDF_TYPE, NamedNode(SD + "NamedGraph"))
            yield Triple(node, NamedNode(SD + "name"), node)
            yield Triple(node, NamedNode(SD + "graph"), content)
        if graph in counted.details:
            yield from _partitions(graph, content, counted.details[graph])


def _partitions(graph: bytes, content: NamedNode, counts: GraphCount) -> Iterator[Triple]:
    for name, of_property in counts.properties.items():
        part = _part(graph, b"", name)
        yield Triple(content, _void("propertyPartition"), part)
        yield Triple(part, _void("property"), _node(name))
        yield _number(part, "triples", of_property.triples)
    for name, of_class in counts.classes.items():
        if name.startswith(b"<"):
            yield from _class(graph, content, name, of_class)


def _class(graph: bytes, content: NamedNode, name: bytes, counts: ClassCount) -> Iterator[Triple]:
    whole = _part(graph, name)
    yield Triple(content, _void("classPartition"), whole)
    yield Triple(whole, _void("class"), _node(name))
    yield _number(whole, "entities", counts.entities)
    for predicate, of_property in counts.properties.items():
        part = _part(graph, name, predicate)
        yield Triple(whole, _void("propertyPartition"), part)
        yield Triple(part, _void("property"), _node(predicate))
        yield _number(part, "triples", of_property.triples)
        yield from _objects((graph, name, predicate), part, of_property)


def _objects(path: tuple[bytes, ...], part: NamedNode, counts: PropertyCount) -> Iterator[Triple]:
    kinds = (
        (counts.classes, _void("classPartition"), _void("class")),
        (counts.datatypes, NamedNode(VOID_EXT + "datatypePartition"), NamedNode(VOID_EXT + "datatype")),
    )
    for found, partition, names in kinds:
        for name, number in found.items():
            if name.startswith(b"<"):
                inner = _part(*path, name)
                yield Triple(part, partition, inner)
                yield Triple(inner, names, _node(name))
                yield _number(inner, "triples", number)


def about(graph: bytes) -> NamedNode:
    """The node that stands for the content of a graph."""
    return NamedNode(terms.BASE + "void#" + (f"graph-{terms.content_name(graph.decode())}" if graph else "default"))


def _part(*path: bytes) -> NamedNode:
    # Named by what it is the part of, so that the same content is always described by the same lines.
    return NamedNode(terms.BASE + "void#part-" + terms.content_name(*(step.decode() for step in path)))


def _number(subject: NamedNode, name: str, value: int) -> Triple:
    return Triple(subject, _void(name), Literal(value))


def _void(name: str) -> NamedNode:
    return NamedNode(VOID + name)


def _node(written: bytes) -> NamedNode:
    return NamedNode(written[1:-1].decode())
