"""The ontology, the vocabularies, the registry and the claims as graphs."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from rdflib import RDFS, XSD, Graph, Literal, URIRef

from coopgraph import terms

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

TYPED = {XSD.integer, XSD.decimal, XSD.boolean}
OUTSIDE = {"skos": terms.PREFIXES["skos"]}


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
def registry(root: Path) -> Graph:
    """The entities and the bibliography."""
    graph = Graph()
    for file in [*sorted((root / "graph" / "entities").glob("*.ttl")), root / "graph" / "documents.ttl"]:
        graph.parse(file)
    return graph


@pytest.fixture(scope="session")
def rows(root: Path) -> list[dict[str, str]]:
    """The lines of all claims tables."""
    tables = sorted((root / "graph" / "claims").glob("*.csv"))
    return [row for table in tables for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())]


@pytest.fixture(scope="session")
def claimed(rows: list[dict[str, str]], tbox: Graph) -> Graph:
    """What the claims say, each as one plain triple, planned or done: a thing may not be in a wrong role either way."""
    graph = Graph()
    for row in rows:
        predicate = _expand_predicate(row["predicate"])
        datatype = next(iter(TYPED & set(tbox.objects(predicate, RDFS.range))), None)
        value = Literal(row["value"], row["lang"] or None, datatype)
        graph.add((_expand(row["subject"]), predicate, _expand(row["object"]) if row["object"] else value))
    return graph


@pytest.fixture(scope="session")
def data(registry: Graph, claimed: Graph) -> Graph:
    """Registry and claims together."""
    return registry + claimed


def texts(graph: Graph, subject: Node, predicate: URIRef) -> list[Literal]:
    """The literals that a node has for a property."""
    return [node for node in graph.objects(subject, predicate) if isinstance(node, Literal)]


def _expand(shorthand: str) -> URIRef:
    if ":" in shorthand:
        return URIRef(terms.VOCAB + shorthand.replace(":", "/"))
    return URIRef(terms.ID + shorthand)


def _expand_predicate(shorthand: str) -> URIRef:
    prefix, _, local = shorthand.rpartition(":")
    return URIRef((OUTSIDE[prefix] if prefix else terms.NS) + local)
