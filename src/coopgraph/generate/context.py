"""The text of context.jsonld: local names as JSON keys, without losing a datatype or a language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from coopgraph import terms
from coopgraph.generate.reading import CONCEPT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.generate.reading import Ontology, Term

XSD: Final = terms.PREFIXES["xsd"]

TERM_VALUED: Final = {"predicate", "roleProperty"}
"""Properties that point at properties, which a context can shorten to bare terms."""

OTHERS: Final[Mapping[str, Mapping[str, object]]] = {
    "label": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": ["@language", "@set"]},
    "hiddenLabel": {"@id": "skos:hiddenLabel", "@container": ["@language", "@set"]},
    "definition": {"@id": "skos:definition", "@container": "@language"},
    "broader": {"@id": "skos:broader", "@type": "@id", "@container": "@set"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "exactMatch": {"@id": "skos:exactMatch", "@type": "@id", "@container": "@set"},
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id", "@container": "@set"},
    "start": {"@id": "oa:start", "@type": "xsd:integer"},
    "end": {"@id": "oa:end", "@type": "xsd:integer"},
    "quote": {"@id": "oa:exact"},
}
"""Keys for terms of others; there is none for @value and @language, because next to a language map such a key makes
compacted documents that cannot be expanded again."""


def context(ontology: Ontology) -> str:
    """The context document.

    Raises:
        ValueError: a term of the ontology has the name of another key.
    """
    entries: dict[str, object] = {"@version": 1.1, "id": "@id", "type": "@type", **terms.PREFIXES, **OTHERS}
    for term in ontology.own():
        if term.local in entries:
            raise ValueError(f"The context has two meanings for {term.local!r}.")
        entries[term.local] = _entry(term, single=term.local in ontology.single)
    return json.dumps({"@context": entries}, indent=2, ensure_ascii=False) + "\n"


def _entry(term: Term, *, single: bool) -> object:
    name = f"cg:{term.local}"
    if term.kind == "Class":
        return name
    entry: dict[str, object] = {"@id": name}
    if term.range == CONCEPT or term.local in TERM_VALUED:
        entry["@type"] = "@vocab"
    elif term.kind == "ObjectProperty":
        entry["@type"] = "@id"
    elif term.range not in {"", XSD + "string"}:
        # Dates have no range, and so keep their datatype, which says how precise they are.
        entry["@type"] = "xsd:" + term.range.removeprefix(XSD)
    if term.kind == "ObjectProperty" and not single:
        entry["@container"] = "@set"
    return entry
