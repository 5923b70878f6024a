"""Quads as the bytes of an RDF format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from coopgraph import terms
from coopgraph.web import linked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad, Triple

_LINKED: Final = "application/ld+json"
_WITH_GRAPHS: Final = frozenset({"application/n-quads", "application/trig"})


def keeps_graphs(media_type: str) -> bool:
    """Whether the format is asked for to see graphs; JSON-LD could, but who asks for it wants one description."""
    return media_type in _WITH_GRAPHS


def write(quads: Iterable[Quad], media_type: str, base: str) -> bytes:
    """The quads in the RDF format of this media type; formats that keep no graphs lose them, and repetitions with them.

    Raises:
        ValueError: if the media type is no RDF format.
    """
    if keeps_graphs(media_type):
        return _written(quads, media_type, base, {})
    triples = dict.fromkeys(quad.triple for quad in quads)
    return linked.write(triples, base) if media_type == _LINKED else _written(triples, media_type, base, {})


def write_triples(triples: Iterable[Triple], media_type: str, base: str, prefixes: Mapping[str, str]) -> bytes:
    """The triples in the RDF format of this media type, each once, with more prefixes than the usual ones.

    Raises:
        ValueError: if the media type is no RDF format.
    """
    return _written(dict.fromkeys(triples), media_type, base, prefixes)


def _written(
    statements: Iterable[Quad] | Iterable[Triple], media_type: str, base: str, prefixes: Mapping[str, str]
) -> bytes:
    form = RdfFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type} is no RDF format")
    usual = {name: terms.rebase(iri, base) for name, iri in terms.PREFIXES.items()}
    return serialize(statements, format=form, prefixes={**usual, **prefixes}) or b""
