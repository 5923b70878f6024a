"""The ontology directory: terms, vocabularies and shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.curate.turtle import read_turtle
from coopgraph.model.ontology import Ontology, Property
from coopgraph.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Quad

_OWL: Final = terms.PREFIXES["owl"]
_RDFS: Final = terms.PREFIXES["rdfs"]
_SKOS: Final = terms.PREFIXES["skos"]
PROPERTY_CLASSES: Final = frozenset(
    NamedNode(_OWL + name) for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
# Names found in a text are claims like any other, so these outside properties may be claimed too.
_LABELS: Final = ("prefLabel", "altLabel", "hiddenLabel")
_LANG_STRING: Final = NamedNode(terms.PREFIXES["rdf"] + "langString")


@dataclass(frozen=True, slots=True)
class OntologySource:
    """The ontology as a value, and the triples of its files: terms and vocabularies, and shapes."""

    ontology: Ontology
    terms: tuple[Quad, ...]
    shapes: tuple[Quad, ...]


def read_ontology(directory: Path, problems: list[Problem]) -> OntologySource:
    """The ontology in `directory`; mistakes are added to `problems`."""
    files = [directory / "coopgraph.ttl", *sorted((directory / "vocab").glob("*.ttl"))]
    quads = [quad for file in files for quad in _read(file, directory, problems)]
    shapes = [
        quad for file in sorted((directory / "shapes").glob("*.ttl")) for quad in _read(file, directory, problems)
    ]
    if not shapes:
        problems.append(
            Problem(f"{directory.name}/shapes", 0, 0, "There are no shapes.", "A graph is built only with its gate.")
        )
    return OntologySource(understand(quads), tuple(quads), tuple(shapes))


def _read(file: Path, directory: Path, problems: list[Problem]) -> list[Quad]:
    return read_turtle(file, problems, name=str(file.relative_to(directory.parent)))


def understand(quads: Iterable[Quad]) -> Ontology:
    """The ontology that these quads describe."""
    objects: dict[tuple[NamedNode, NamedNode], list[object]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            objects.setdefault((quad.subject, quad.predicate), []).append(quad.object)

    def named(subject: NamedNode, predicate: str) -> list[NamedNode]:
        return [node for node in objects.get((subject, NamedNode(predicate)), []) if isinstance(node, NamedNode)]

    subjects = {subject for subject, _ in objects}
    own = {subject for subject in subjects if subject.value.startswith(terms.NS)}
    supers = {subject: named(subject, _RDFS + "subPropertyOf") for subject in own}
    classes = {subject: named(subject, _RDFS + "subClassOf") for subject in own}
    properties = {
        subject: Property(
            iri=subject,
            literal=NamedNode(_OWL + "DatatypeProperty") in named(subject, cg.RDF_TYPE.value),
            range=next(iter(named(subject, _RDFS + "range")), None),
            ancestors=_closure(subject, supers),
        )
        for subject in own
        if PROPERTY_CLASSES & set(named(subject, cg.RDF_TYPE.value))
    }
    for local in _LABELS:
        iri = NamedNode(_SKOS + local)
        properties[iri] = Property(iri, literal=True, range=_LANG_STRING, ancestors=frozenset({iri}))
    versions = objects.get((terms.ONTOLOGY, NamedNode(_OWL + "versionInfo")), [])
    return Ontology(
        properties=properties,
        class_ancestors={subject: _closure(subject, classes) for subject in own if subject not in properties},
        concepts=frozenset(subject for subject in subjects if named(subject, _SKOS + "inScheme")),
        version=next((literal.value for literal in versions if isinstance(literal, Literal)), ""),
    )


def _closure(start: NamedNode, parents: dict[NamedNode, list[NamedNode]]) -> frozenset[NamedNode]:
    seen = {start}
    waiting = [start]
    while waiting:
        for parent in parents.get(waiting.pop(), []):
            if parent.value.startswith(terms.NS) and parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return frozenset(seen)
