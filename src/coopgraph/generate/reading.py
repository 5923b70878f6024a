"""The ontology as the writers need it: names, kinds and ranges of terms, paths of concepts, single values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from coopgraph import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

TYPE: Final = terms.PREFIXES["rdf"] + "type"
RANGE: Final = terms.PREFIXES["rdfs"] + "range"
OWL: Final = terms.PREFIXES["owl"]
CONCEPT: Final = terms.PREFIXES["skos"] + "Concept"
MAX_COUNT: Final = terms.PREFIXES["sh"] + "maxCount"
PATH: Final = terms.PREFIXES["sh"] + "path"


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A class or property: its `prefix` and `local` name, the OWL `kind` and the IRI of its `range`, if it has one."""

    prefix: str
    local: str
    kind: str
    range: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """All terms, the `scheme/slug` paths of all concepts and the local names of single-valued properties, sorted."""

    terms: tuple[Term, ...]
    concepts: tuple[str, ...]
    single: frozenset[str]

    def own(self, kind: str = "") -> Sequence[Term]:
        """The terms of this project whose OWL kind ends so: "Class", "Property", or all of them."""
        return [term for term in self.terms if term.prefix == "cg" and term.kind.endswith(kind)]

    def foreign(self) -> Sequence[Term]:
        """The terms of others that the ontology declares, as far as their namespace has one of our prefixes."""
        return [term for term in self.terms if term.prefix != "cg"]


def read(directory: Path) -> Ontology:
    """The terms and concepts in the files of this directory.

    Raises:
        SyntaxError: a file is no Turtle.
        OSError: a file cannot be read.
    """
    quads = list(_quads([directory / "coopgraph.ttl", *(directory / "vocab").glob("*.ttl")]))
    kinds = _values(quads, TYPE)
    ranges = _values(quads, RANGE)
    found = [
        Term(prefix, iri.removeprefix(namespace), kind.removeprefix(OWL), ranges.get(iri, ""))
        for prefix, namespace in terms.PREFIXES.items()
        for iri, kind in kinds.items()
        if iri.startswith(namespace) and kind.startswith(OWL)
    ]
    concepts = [iri.removeprefix(terms.VOCAB) for iri, kind in kinds.items() if kind == CONCEPT]
    return Ontology(tuple(sorted(found)), tuple(sorted(concepts)), frozenset(_single(directory / "shapes")))


def _single(directory: Path) -> Iterable[str]:
    # How often a property may occur is stated in the shapes and nowhere else.
    for file in directory.glob("*.ttl"):
        quads = list(_quads([file]))
        once = {quad.subject for quad in quads if quad.predicate.value == MAX_COUNT and _text(quad) == "1"}
        paths = (_text(quad) for quad in quads if quad.predicate.value == PATH and quad.subject in once)
        yield from (path.removeprefix(terms.NS) for path in paths if path.startswith(terms.NS))


def _quads(files: Iterable[Path]) -> Iterable[Quad]:
    for file in files:
        yield from parse(path=file, format=RdfFormat.TURTLE)


def _values(quads: Iterable[Quad], predicate: str) -> dict[str, str]:
    return {
        quad.subject.value: _text(quad)
        for quad in quads
        if quad.predicate.value == predicate and isinstance(quad.subject, NamedNode)
    }


def _text(quad: Quad) -> str:
    return str(getattr(quad.object, "value", ""))
