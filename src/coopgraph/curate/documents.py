"""The bibliography: which documents there are, how long they are, and which stretches are no content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.model.document import Document, Zone
from coopgraph.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

_FILE: Final = "graph/documents.ttl"
_LENGTH: Final = re.compile(r"[0-9]{1,9}")


def understand_documents(quads: Iterable[Quad], problems: list[Problem]) -> dict[str, Document]:
    """The documents described by these triples, by id; what is missing or wrong is added to `problems`."""
    described: dict[str, dict[NamedNode, list[str]]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            described.setdefault(quad.subject.value, {}).setdefault(quad.predicate, []).append(quad.object.value)
    zones = _zones(described, problems)
    documents = {}
    for iri, values in described.items():
        if not iri.startswith(terms.ID + "doc/"):
            continue
        identifier = iri.removeprefix(terms.ID + "doc/")
        length = values.get(cg.CHAR_LENGTH, ["0"])[0]
        missing = [
            terms.compact(predicate.value)
            for predicate in (cg.CHAR_LENGTH, cg.TEXT_DIGEST, cg.DCTERMS_LANGUAGE, cg.SKOS_PREF_LABEL)
            if predicate not in values
        ]
        if missing or not terms.DOCUMENT_ID.fullmatch(identifier) or not _LENGTH.fullmatch(length):
            problems.append(
                Problem(
                    _FILE, 0, 0, f"{iri} is no complete source document.", f"Check {', '.join(missing) or 'its id'}."
                )
            )
            continue
        documents[identifier] = Document(
            id=identifier,
            label=values[cg.SKOS_PREF_LABEL][0],
            language=values[cg.DCTERMS_LANGUAGE][0],
            length=int(length),
            digest=values[cg.TEXT_DIGEST][0],
            zones=tuple(sorted(zones.get(iri, []))),
        )
    return documents


def _zones(described: dict[str, dict[NamedNode, list[str]]], problems: list[Problem]) -> dict[str, list[Zone]]:
    zones: dict[str, list[Zone]] = {}
    for iri, values in described.items():
        if not iri.startswith(terms.ID + "zone/"):
            continue
        try:
            zone = Zone(int(values[cg.OA_START][0]), int(values[cg.OA_END][0]), values[cg.ZONE_REASON][0])
            zones.setdefault(values[cg.IN_DOCUMENT][0], []).append(zone)
        except (KeyError, ValueError):
            problems.append(
                Problem(_FILE, 0, 0, f"{iri} is no complete zone.", "Give its document, start, end and reason.")
            )
    return zones
