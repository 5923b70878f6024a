"""The ontology, the vocabularies and the built graph, for rdflib and the reasoners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse, serialize
from rdflib import Graph, Literal

from coopgraph import terms
from tests.conftest import missing

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Quad
    from rdflib import URIRef
    from rdflib.term import Node


@pytest.fixture(scope="session")
def tbox(root: Path) -> Graph:
    """The terms."""
    return Graph().parse(root / "ontology" / "coopgraph.ttl")


@pytest.fixture(scope="session")
def vocabularies(root: Path) -> Graph:
    """The concepts of all schemes."""
    graph = Graph()
    for file in sorted((root / "ontology" / "vocab").glob("*.ttl")):
        graph.parse(file)
    return graph


@pytest.fixture(scope="session")
def quads(root: Path) -> list[Quad]:
    """The built graph with its assertions, but without ontology, vocabularies and shapes."""
    file = root / "graph" / "coopgraph.trig"
    if not file.is_file():
        missing("The built graph")
    return [quad for quad in parse(path=file, format=RdfFormat.TRIG) if _is_data(quad)]


@pytest.fixture(scope="session")
def data(quads: list[Quad]) -> Graph:
    """The built graph as one."""
    return as_graph(quads)


def _is_data(quad: Quad) -> bool:
    subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
    return subject.startswith(terms.ID) and quad.graph_name != terms.SHAPES_GRAPH


def as_graph(quads: list[Quad]) -> Graph:
    """The triples of these quads for rdflib."""
    return Graph().parse(data=serialize({quad.triple for quad in quads}, format=RdfFormat.N_TRIPLES), format="nt")


def texts(graph: Graph, subject: Node, predicate: URIRef) -> list[Literal]:
    """The literals that a node has for a property."""
    return [node for node in graph.objects(subject, predicate) if isinstance(node, Literal)]
