"""IRIs: the base, the minting rules and the names of graphs."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from pyoxigraph import Literal, NamedNode

from coopgraph.errors import CoopgraphError

BASE: Final = "https://w3id.org/coopgraph/"
NS: Final = BASE + "ns#"
ONTOLOGY: Final = NamedNode(BASE + "ns")
ID: Final = BASE + "id/"
VOCAB: Final = BASE + "vocab/"
SHAPES: Final = BASE + "shapes/"
GRAPH: Final = BASE + "graph/"

PROSPECTIVE_GRAPH: Final = NamedNode(GRAPH + "prospective")
INFERRED_GRAPH: Final = NamedNode(GRAPH + "inferred")
BACKGROUND_GRAPH: Final = NamedNode(GRAPH + "background")
MEASURES_GRAPH: Final = NamedNode(GRAPH + "measures")
"""What was computed of a release and put back; never facts."""

SHAPES_GRAPH: Final = NamedNode(GRAPH + "shapes")
DESCRIPTION_GRAPH: Final = NamedNode(GRAPH + "description")
"""What a release's store says of the release itself; derived when it is sealed, no part of its content."""

PREFIXES: Final = {
    "cg": NS,
    "cgid": ID,
    "cgv": VOCAB,
    "cgs": SHAPES,
    "cgg": GRAPH,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "qb": "http://purl.org/linked-data/cube#",
    "sh": "http://www.w3.org/ns/shacl#",
}

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DOCUMENT_ID: Final = re.compile(r"[0-9a-f]{16}")


def term(local: str) -> NamedNode:
    """The ontology's term of this local name."""
    return NamedNode(NS + local)


def thing(path: str) -> NamedNode:
    """The thing with this `kind/slug` path."""
    return NamedNode(ID + path)


def concept(curie: str) -> NamedNode:
    """The concept written `scheme:slug`."""
    scheme, slug = curie.split(":")
    return NamedNode(f"{VOCAB}{scheme}/{slug}")


def document_graph(document_id: str) -> NamedNode:
    """The graph of the assertions and spans of one document."""
    return NamedNode(f"{GRAPH}doc/{document_id}")


def span(document_id: str, start: int, end: int) -> NamedNode:
    """The span of a document from code point `start` to `end`, the end excluded."""
    return NamedNode(f"{ID}span/{document_id}/{start}-{end}")


def named(text: str) -> NamedNode:
    """The thing or concept that a person wrote: `actor/asean`, `status:held`, `prefix:rest` or a whole IRI.

    Raises:
        CoopgraphError: "request" if it can be none of these.
    """
    prefix, _, rest = text.partition(":")
    if re.match(r"https?://", text):
        return _node(text)
    if prefix in PREFIXES and rest:
        return _node(PREFIXES[prefix] + rest)
    if re.fullmatch(r"[a-z]+/[\w./-]+", text):
        return _node(ID + text)
    if re.fullmatch(r"[a-z-]+:[a-z0-9-]+", text):
        return concept(text)
    raise CoopgraphError("request", f"{text!r} names nothing.", remedy="Write actor/asean, status:held or a whole IRI.")


def property_named(text: str) -> NamedNode:
    """The property that a person wrote: `host`, `skos:altLabel` or a whole IRI.

    Raises:
        CoopgraphError: "request" if it can be none of these.
    """
    return term(text) if re.fullmatch(r"[A-Za-z]\w*", text) else named(text)


def value_named(text: str) -> NamedNode | Literal:
    """What a person wrote as an object: a name as in `named`, else a plain text."""
    try:
        return named(text)
    except CoopgraphError:
        pass
    try:
        return Literal(text)
    except ValueError as error:
        raise CoopgraphError("request", f"{text!r} is no text: it holds half of a surrogate pair.") from error


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise CoopgraphError("request", f"{iri!r} is no IRI.", remedy="Write actor/asean or a whole IRI.") from error


def content_name(*parts: str) -> str:
    """Sixteen base32 characters (80 bits) of the SHA-256 of the parts: a name that depends on the content alone."""
    # The separator cannot occur in IRIs or in N-Triples literals, so no two lists of parts share a digest.
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return base64.b32encode(digest[:10]).decode().lower()


def rebase(text: str, base: str) -> str:
    """The text with the default base replaced by another one; the same text for the default base."""
    return text if base == BASE else text.replace(BASE, base)


def in_default_base(node: NamedNode, base: str) -> NamedNode:
    """The node as it is named under the default base, which `rebase` then puts back, once."""
    return NamedNode(BASE + node.value.removeprefix(base)) if node.value.startswith(base) else node


def compact(iri: str, base: str = BASE) -> str:
    """The IRI as `prefix:rest` if a known prefix fits, else in angle brackets; what is ours begins with `base`."""
    namespaces = ((name, rebase(ns, base)) for name, ns in PREFIXES.items())
    matches = [(name, ns) for name, ns in namespaces if iri.startswith(ns)]
    if not matches:
        return f"<{iri}>"
    name, ns = max(matches, key=lambda match: len(match[1]))
    return f"{name}:{iri[len(ns) :]}"
