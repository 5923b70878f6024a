"""What a release says of the nodes of a network: label, language, class, identification; and of its documents."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from coopgraph import terms
from coopgraph.network.affiliations import Cited
from coopgraph.network.nodes import Node, Nodes
from coopgraph.network.projections.columns import columns, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coopgraph.store.port import Reader

UNDETERMINED: Final = "und"  # the language tag for "not determined"
_LABEL: Final = "SELECT ?thing ?value WHERE { ?thing <http://www.w3.org/2004/02/skos/core#prefLabel> ?value }"
_TYPE: Final = "SELECT ?thing ?value WHERE { ?thing <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?value }"
_SUBCLASS: Final = "SELECT ?thing ?value WHERE { ?thing <http://www.w3.org/2000/01/rdf-schema#subClassOf> ?value }"
_IDENTIFICATION: Final = f"SELECT ?thing ?value WHERE {{ ?thing <{terms.NS}identification> ?value }}"
_PUBLISHER: Final = "SELECT ?thing ?value WHERE { ?thing <http://purl.org/dc/terms/publisher> ?value }"


def named(reader: Reader, kinds: Mapping[str, str], *, base: str = terms.BASE) -> Nodes:
    """The nodes of these IRIs, each with its kind, and what the release says of them."""
    labels = _labels(reader, kinds)
    namespace = terms.rebase(terms.NS, base)
    parents = _values(reader, _SUBCLASS)
    types = _values(reader, _TYPE, kinds)
    identified = _values(reader, terms.rebase(_IDENTIFICATION, base), kinds)
    classes: dict[tuple[str, ...], str] = {}
    made = []
    for iri, kind in kinds.items():
        label, language = labels.get(iri, (local(iri), UNDETERMINED))
        own = tuple(sorted(types.get(iri, ())))
        if own not in classes:
            classes[own] = most_specific(own, parents, namespace)
        said = identified.get(iri)
        made.append(
            Node(iri, kind, classes[own] or kind.capitalize(), label, language, local(min(said)) if said else "")
        )
    return Nodes.of(made)


def cited(reader: Reader, documents: Iterable[str]) -> tuple[Cited, ...]:
    """These documents, in the order given, with label and publisher; the first in order if there are several."""
    wanted = dict.fromkeys(documents, "")
    labels, publishers = _labels(reader, wanted), _values(reader, _PUBLISHER, wanted)
    return tuple(
        Cited(iri, labels.get(iri, (local(iri), UNDETERMINED))[0], _plain(min(publishers.get(iri, {""}))))
        for iri in wanted
    )


def best_label(labels: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Of labels (language, text) the English one, else the first by language, as (text on one line, language)."""
    language, text = min(labels, key=lambda pair: (pair[0] != "en", not pair[0].startswith("en"), pair))
    return one_line(text), language


def one_line(text: str) -> str:
    """The text without control characters and with single spaces, as every network format can carry it."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    kept = "".join(" " if unicodedata.category(char) in {"Cc", "Cs", "Cn", "Zl", "Zp"} else char for char in text)
    return " ".join(kept.split())


def local(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]


def most_specific(classes: Iterable[str], parents: Mapping[str, Iterable[str]], namespace: str) -> str:
    """The local name of the class of this namespace that no other one given is below; empty if there is none."""
    own = [iri for iri in classes if iri.startswith(namespace)]
    above = {ancestor for iri in own for ancestor in _ancestors(iri, parents)}
    left = sorted(iri for iri in own if iri not in above)
    return local(left[0]) if left else ""


def _ancestors(iri: str, parents: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    todo = [iri]
    while todo:
        for parent in parents.get(todo.pop(), ()):
            if parent not in found and parent != iri:
                found.add(parent)
                todo.append(parent)
    return found


def _labels(reader: Reader, wanted: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for iri, said in _values(reader, _LABEL, wanted).items():
        for term in said:
            value = literal(term)
            if value is not None:
                found.setdefault(iri, []).append((value.language or UNDETERMINED, value.value))
    best = {iri: best_label(labels) for iri, labels in found.items()}
    return {iri: (text or local(iri), language) for iri, (text, language) in best.items()}


def _values(reader: Reader, query: str, wanted: Mapping[str, str] | None = None) -> dict[str, set[str]]:
    """The values of each thing, or of those wanted."""
    table = columns(reader, query)
    things, values = table["thing"], table["value"]
    found: dict[str, set[str]] = {}
    kept = [wanted is None or thing in wanted for thing in things.terms]
    for thing, value in zip(things.codes.tolist(), values.codes.tolist(), strict=True):
        if kept[thing]:
            found.setdefault(things.terms[thing], set()).add(values.terms[value])
    return found


def _plain(term: str) -> str:
    value = literal(term)
    return term if value is None else one_line(value.value)
