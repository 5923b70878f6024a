"""The registry of entities: their kind, class, names and codes, and nothing that would need evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.curate.turtle import line_of, read_turtle
from coopgraph.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from coopgraph.model.ontology import Ontology

# Which class the things of a kind belong to, and the file that describes them.
KINDS: Final[Mapping[str, tuple[NamedNode, str]]] = {
    "actor": (cg.CLS_ACTOR, "actors"),
    "event": (cg.CLS_EVENT, "events"),
    "series": (cg.CLS_EVENT_SERIES, "series"),
    "instrument": (cg.CLS_INSTRUMENT, "instruments"),
    "undertaking": (cg.CLS_UNDERTAKING, "undertakings"),
    "framework": (cg.CLS_FRAMEWORK, "frameworks"),
    "pillar": (cg.CLS_PILLAR, "pillars"),
    "post": (cg.CLS_POST, "posts"),
    "place": (cg.CLS_PLACE, "places"),
    "doc": (cg.CLS_DOCUMENT, "documents"),
    "utterance": (cg.CLS_UTTERANCE, "utterances"),
    "quantity": (cg.CLS_QUANTIFIED_STATEMENT, "quantities"),
    "record": (cg.CLS_EXTERNAL_RECORD, "records"),
}
_PREFIXES: Final = (("cgid", terms.ID),)
ALLOWED: Final = frozenset(
    {
        cg.RDF_TYPE,
        cg.SKOS_PREF_LABEL,
        cg.SKOS_ALT_LABEL,
        cg.SKOS_HIDDEN_LABEL,
        cg.SKOS_EXACT_MATCH,
        cg.DCTERMS_SOURCE,
        cg.EVENT_TYPE,
        cg.INSTRUMENT_TYPE,
        cg.UNDERTAKING_TYPE,
        cg.ACTOR_TYPE,
        cg.PLACE_TYPE,
        cg.IDENTIFICATION,
        cg.HAS_TERRITORY,
        cg.ISO3166_ALPHA2,
        cg.ISO3166_ALPHA3,
        cg.UN_M49,
    }
)
"""What may be said of a thing in the registry, without evidence."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The triples of the registry and the class of each entity in it."""

    quads: tuple[Quad, ...]
    classes: Mapping[NamedNode, NamedNode]


def read_registry(directory: Path, ontology: Ontology, problems: list[Problem]) -> Registry:
    """The entities described under `directory`; mistakes are added to `problems`."""
    quads: list[Quad] = []
    classes: dict[NamedNode, NamedNode] = {}
    for file in sorted(directory.glob("*.ttl")):
        name = f"{directory.parent.name}/{directory.name}/{file.name}"
        described = read_turtle(file, problems, name=name)
        text = file.read_text(encoding="utf-8", errors="replace")
        for subject, message, remedy in _mistakes(described, file.stem, ontology, classes):
            problems.append(Problem(name, line_of(text, subject, _PREFIXES), 1, message, remedy))
        quads.extend(described)
    return Registry(tuple(quads), classes)


def _mistakes(
    quads: list[Quad], stem: str, ontology: Ontology, classes: dict[NamedNode, NamedNode]
) -> Iterator[tuple[str, str, str]]:
    """Subject, message and remedy of each mistake in one file; its entities' classes are added to `classes`."""
    subjects = dict.fromkeys(quad.subject for quad in quads if isinstance(quad.subject, NamedNode))
    for quad in quads:
        if not isinstance(quad.subject, NamedNode):
            yield "", "A thing of the registry has no name.", "Give it an IRI instead of a blank node."
        elif quad.predicate not in ALLOWED:
            message = f"{terms.compact(quad.predicate.value)} does not belong in the registry."
            yield quad.subject.value, message, "What a document says is a claim with evidence."
        elif quad.predicate == cg.RDF_TYPE:
            complaint = _complaint(quad.subject.value, stem, quad.object, ontology)
            if complaint is not None:
                yield quad.subject.value, *complaint
            elif quad.subject in classes:
                yield (
                    quad.subject.value,
                    f"{quad.subject.value} is described twice.",
                    "Keep one description, one class.",
                )
            elif isinstance(quad.object, NamedNode):
                classes[quad.subject] = quad.object
    typed = {quad.subject for quad in quads if quad.predicate == cg.RDF_TYPE}
    for subject in subjects:
        if subject not in typed:
            yield subject.value, f"{subject.value} has no class.", "Begin its description with a class."


def _complaint(iri: str, stem: str, cls: object, ontology: Ontology) -> tuple[str, str] | None:
    kind, _, slug = iri.removeprefix(terms.ID).partition("/")
    if not iri.startswith(terms.ID) or kind not in KINDS or not terms.SLUG.fullmatch(slug):
        return f"{iri} is no name of a thing.", f"Use id/KIND/slug in lower-case ASCII; kinds: {', '.join(KINDS)}."
    root, file = KINDS[kind]
    if file != stem:
        return f"{iri} stands in the wrong file.", f"Move it to {file}.ttl."
    if not isinstance(cls, NamedNode) or cls not in ontology.class_ancestors:
        return f"{cls} is no class of the ontology.", "Use a class of ontology/coopgraph.ttl."
    # A centre or network is an organisation and an initiative at once; its kind is that of actors.
    if not ontology.is_a(cls, root):
        return f"A {kind} cannot be a {terms.compact(cls.value)}.", f"Use a class below {terms.compact(root.value)}."
    return None
