"""Manifests: graphs that list tests and say what each of them is made of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.library import Library
    from tests.conformance.terms import Term

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"

Node = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph that is asked for the values of a node's properties."""

    index: dict[tuple[Term, str], list[Term]] = field(default_factory=lambda: defaultdict(list))

    def all(self, node: Term, *path: str) -> list[Term]:
        """What the path of properties leads to."""
        found = [node]
        for step in path:
            found = [value for one in found for value in self.index.get((one, step), ())]
        return found

    def one(self, node: Term, *path: str) -> Term | None:
        """The first of what the path leads to; None if it leads nowhere."""
        return next(iter(self.all(node, *path)), None)

    def text(self, node: Term, *path: str) -> str:
        """The IRI or literal text that the path leads to, else nothing."""
        value = self.one(node, *path)
        return value.value if isinstance(value, NamedNode | Literal) else ""

    def items(self, node: Term | None) -> Iterator[Term]:
        """The members of a list."""
        while node is not None and node != NamedNode(RDF + "nil"):
            first = self.one(node, RDF + "first")
            if first is None:
                return
            yield first
            node = self.one(node, RDF + "rest")

    def subjects(self, kind: str) -> list[Term]:
        """The nodes of a type, in the order of the file."""
        wanted = NamedNode(kind)
        return [node for (node, step), values in self.index.items() if step == RDF + "type" and wanted in values]


@dataclass(frozen=True, slots=True)
class Entry:
    """A test with the graph and the manifest that describe it."""

    graph: Graph
    node: NamedNode
    manifest: str

    @property
    def folder(self) -> str:
        """The folder of the manifest: what a test is about."""
        return self.manifest.rsplit("/", 2)[-2]

    @property
    def kind(self) -> str:
        """The name of the test's type."""
        return self.graph.text(self.node, RDF + "type").rpartition("#")[2]


def graph(content: bytes, iri: str, form: RdfFormat = RdfFormat.TURTLE) -> Graph:
    """The graph in a file published at `iri`."""
    read = Graph()
    for quad in parse(content, format=form, base_iri=iri):
        read.index[quad.subject, quad.predicate.value].append(quad.object)
    return read


def entries(library: Library, iri: str) -> Iterator[Entry]:
    """The tests that the manifest lists, and those of the manifests that it includes."""
    read = graph(library.read(iri), iri)
    listed: set[Term] = set()
    # Not every manifest is named by its own address.
    for manifest in read.subjects(MF + "Manifest"):
        for node in read.items(read.one(manifest, MF + "entries")):
            listed.add(node)
            if isinstance(node, NamedNode):
                yield Entry(read, node, iri)
        for included in read.items(read.one(manifest, MF + "include")):
            if isinstance(included, NamedNode):
                yield from entries(library, included.value)
    # One manifest forgets to list a test that it describes.
    for node in read.subjects(MF + "GraphStoreProtocolTest"):
        if isinstance(node, NamedNode) and node not in listed:
            yield Entry(read, node, iri)
