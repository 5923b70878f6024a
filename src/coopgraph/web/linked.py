"""JSON-LD with the terms of our own context, of which an answer carries what it uses: nobody has to fetch anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyld import jsonld
from pyoxigraph import Quad

from coopgraph import terms
from coopgraph.export.context import context, rdf_dataset, refuse_loading, with_native_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Triple


def write(triples: Iterable[Triple], base: str) -> bytes:
    """The triples as one compacted document; the members of an object are in a fixed order."""
    quads = (Quad(one.subject, one.predicate, one.object) for one in triples)
    expanded = jsonld.from_rdf(rdf_dataset(quads), {"useNativeTypes": False})
    known = context(base)
    document = jsonld.compact(expanded, {"@context": known}, {"documentLoader": refuse_loading, "graph": True})
    document = with_native_values(document, known)
    document["@context"] = _used(document.get("@graph", []), known)
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _used(document: Any, known: Mapping[str, Any]) -> dict[str, Any]:
    """The part of the context that the document needs: what is no term is a prefix or a rule, and short."""
    words = set(_words(document))
    always = {*terms.PREFIXES, "@version", "id", "type"}
    return {name: value for name, value in known.items() if name in words or name in always}


def _words(document: Any) -> Iterator[str]:
    """All names of members, and all values that may be terms."""
    if isinstance(document, list):
        for item in document:
            yield from _words(item)
    elif isinstance(document, dict):
        for name, value in document.items():
            yield name
            yield from _words(value)
    elif isinstance(document, str):
        yield document
