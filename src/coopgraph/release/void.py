"""What a dataset holds, in the terms of VoID: graphs, classes and properties with their numbers."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from coopgraph import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coopgraph.release.partitions import ClassCount, GraphCount, PropertyCount

VOID: Final = "http://rdfs.org/ns/void#"
VOID_EXT: Final = "http://ldf.fi/void-ext#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
DATASET: Final = NamedNode(terms.BASE + "void#dataset")
DEFAULT: Final = NamedNode(terms.BASE + "void#default-graph")
DETAILED: Final = 12
"""How many named graphs, the largest, are described by class and property; of the others the triples are counted."""

_TYPE: Final = NamedNode(terms.PREFIXES["rdf"] + "type")
_LABEL: Final = NamedNode(terms.PREFIXES["rdfs"] + "label")


def statistics(graphs: Mapping[bytes, GraphCount]) -> Iterator[Triple]:
    """The numbers of a dataset, graph by graph.

    A client that starts from `sd:graph`, as editors do, finds the default graph that way as well.
    """
    yield Triple(DATASET, _TYPE, _void("Dataset"))
    yield Triple(DATASET, _TYPE, NamedNode(SD + "Dataset"))
    yield _number(DATASET, "triples", sum(counts.triples for counts in graphs.values()))
    yield Triple(DATASET, NamedNode(SD + "defaultGraph"), _about(b""))
    yield Triple(DEFAULT, NamedNode(SD + "graph"), _about(b""))
    yield Triple(DEFAULT, _LABEL, Literal("Default graph: ontology, vocabularies, entities and facts", language="en"))
    named = {graph: counts for graph, counts in graphs.items() if graph}
    detailed = heapq.nlargest(DETAILED, named, key=lambda graph: (named[graph].triples, graph))
    for graph, counts in graphs.items():
        about = _about(graph)
        yield Triple(about, _TYPE, NamedNode(SD + "Graph"))
        yield Triple(about, _TYPE, _void("Dataset"))
        yield Triple(DATASET, _void("subset"), about)
        yield _number(about, "triples", counts.triples)
        yield _number(about, "distinctSubjects", counts.subjects)
        yield _number(about, "classes", len(counts.classes))
        yield _number(about, "properties", len(counts.properties))
        if graph:
            node = _node(graph)
            yield Triple(DATASET, NamedNode(SD + "namedGraph"), node)
            yield Triple(node, _TYPE, NamedNode(SD + "NamedGraph"))
            yield Triple(node, NamedNode(SD + "name"), node)
            yield Triple(node, NamedNode(SD + "graph"), about)
        if not graph or graph in detailed:
            yield from _partitions(graph, about, counts)


def _partitions(graph: bytes, about: NamedNode, counts: GraphCount) -> Iterator[Triple]:
    for name, of_property in counts.properties.items():
        part = _part(graph, b"", name)
        yield Triple(about, _void("propertyPartition"), part)
        yield Triple(part, _void("property"), _node(name))
        yield _number(part, "triples", of_property.triples)
    for name, of_class in counts.classes.items():
        if name.startswith(b"<"):
            yield from _class(graph, about, name, of_class)


def _class(graph: bytes, about: NamedNode, name: bytes, counts: ClassCount) -> Iterator[Triple]:
    whole = _part(graph, name)
    yield Triple(about, _void("classPartition"), whole)
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


def _about(graph: bytes) -> NamedNode:
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
