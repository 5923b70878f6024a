"""Read the participations of a projection from a release."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions

from coopgraph import terms
from coopgraph.network.incidence import Incidence, Node, Participation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coopgraph.network.projection import Projection
    from coopgraph.store.port import Reader

UNKNOWN: Final = "und"  # the language tag for "not determined"
_DEFAULT = DefaultGraph()
_TYPE = NamedNode(terms.PREFIXES["rdf"] + "type")
_SUBCLASS = NamedNode(terms.PREFIXES["rdfs"] + "subClassOf")
_LABEL = NamedNode(terms.PREFIXES["skos"] + "prefLabel")


def incidence(reader: Reader, projection: Projection, *, base: str = terms.BASE) -> Incidence:
    """The participations that the projection asks for; `base` is the one that the release was written with."""
    pairs = {(actor, event) for actor, event in _rows(reader, projection.ties, base, "actor", "event")}
    roles: dict[tuple[str, str], set[str]] = {}
    documents: dict[tuple[str, str], set[str]] = {}
    columns = ("actor", "event", "role", "document")
    for actor, event, role, document in _rows(reader, projection.sources, base, *columns):
        roles.setdefault((actor, event), set()).add(_local(role))
        documents.setdefault((actor, event), set()).add(document)
    participations = tuple(
        Participation(
            actor,
            event,
            roles=tuple(sorted(roles.get((actor, event), {"participant"}))),
            documents=tuple(sorted(documents.get((actor, event), ()))),
        )
        for actor, event in sorted(pairs)
    )
    parents = _parents(reader, base)
    kinds = {event: "event" for _, event in pairs} | {actor: "actor" for actor, _ in pairs}
    nodes = {iri: _node(reader, iri, kind, base=base, parents=parents) for iri, kind in sorted(kinds.items())}
    cited = sorted({document for item in participations for document in item.documents})
    return Incidence(nodes, participations, {iri: label(reader, iri)[0] for iri in cited})


def label(reader: Reader, iri: str) -> tuple[str, str]:
    """A label on one line and its language: English if there is one, else the first by language, else the slug."""
    labels = [
        (quad.object.language or UNKNOWN, quad.object.value)
        for quad in reader.quads(NamedNode(iri), _LABEL, None, _DEFAULT)
        if isinstance(quad.object, Literal)
    ]
    if not labels:
        return _local(iri), UNKNOWN
    language, text = min(labels, key=lambda pair: (pair[0] != "en", not pair[0].startswith("en"), pair))
    return one_line(text) or _local(iri), language


def one_line(text: str) -> str:
    """The text without control characters and with single spaces, as every network format can carry it."""
    kept = "".join(" " if unicodedata.category(char) in {"Cc", "Cs", "Cn", "Zl", "Zp"} else char for char in text)
    return " ".join(kept.split())


def _node(reader: Reader, iri: str, kind: str, *, base: str, parents: dict[str, set[str]]) -> Node:
    text, language = label(reader, iri)
    identified = _objects(reader, iri, NamedNode(terms.rebase(terms.NS, base) + "identification"))
    whole = _objects(reader, iri, NamedNode(terms.rebase(terms.NS, base) + "partOfEvent"))
    return Node(
        iri=iri,
        kind=kind,
        cls=_most_specific(_objects(reader, iri, _TYPE), parents, terms.rebase(terms.NS, base)) or kind.capitalize(),
        label=text,
        language=language,
        identification=_local(identified[0]) if identified else "",
        part_of=tuple(whole),
    )


def _most_specific(classes: Iterable[str], parents: dict[str, set[str]], namespace: str) -> str:
    own = [iri for iri in classes if iri.startswith(namespace)]
    above = {ancestor for iri in own for ancestor in _ancestors(iri, parents)}
    left = sorted(iri for iri in own if iri not in above)
    return _local(left[0]) if left else ""


def _ancestors(iri: str, parents: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = [iri]
    while todo:
        for parent in parents.get(todo.pop(), ()):
            if parent not in found:
                found.add(parent)
                todo.append(parent)
    return found


def _parents(reader: Reader, base: str) -> dict[str, set[str]]:
    namespace = terms.rebase(terms.NS, base)
    found: dict[str, set[str]] = {}
    for quad in reader.quads(None, _SUBCLASS, None, _DEFAULT):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            parent = quad.object.value
            if (
                quad.subject.value.startswith(namespace)
                and parent.startswith(namespace)
                and parent != quad.subject.value
            ):
                found.setdefault(quad.subject.value, set()).add(parent)
    return found


def _objects(reader: Reader, iri: str, predicate: NamedNode) -> list[str]:
    quads = reader.quads(NamedNode(iri), predicate, None, _DEFAULT)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, NamedNode))


def _rows(reader: Reader, query: str, base: str, *columns: str) -> Iterator[tuple[str, ...]]:
    solutions = reader.query(terms.rebase(query, base))
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a projection asks by SELECT")
    for solution in solutions:
        values = [solution[column] for column in columns]
        if all(isinstance(value, NamedNode) for value in values):
            yield tuple(value.value for value in values if isinstance(value, NamedNode))


def _local(iri: str) -> str:
    return iri.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]
