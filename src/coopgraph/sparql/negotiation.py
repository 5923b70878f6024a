"""Which of the formats on offer a reader gets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header, parse_options_header

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Offer:
    """A format: its name in parameters and file suffixes, its media type and other types that ask for it."""

    name: str
    media_type: str
    also: tuple[str, ...] = field(default=())


HTML: Final = Offer("html", "text/html", ("application/xhtml+xml",))
JSON: Final = Offer("json", "application/json")
PROBLEM: Final = Offer("problem", "application/problem+json", ("application/json",))

# The first of each is what `*/*` gets.
TABLES: Final = (
    Offer("json", "application/sparql-results+json", ("application/json",)),
    Offer("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Offer("csv", "text/csv"),
    Offer("tsv", "text/tab-separated-values"),
)
GRAPHS: Final = (
    Offer("turtle", "text/turtle", ("application/x-turtle",)),
    Offer("jsonld", "application/ld+json", ("application/json",)),
    Offer("ntriples", "application/n-triples", ("text/plain",)),
    Offer("rdfxml", "application/rdf+xml", ("application/xml", "text/xml")),
    Offer("nquads", "application/n-quads"),
    Offer("trig", "application/trig"),
)

# One description in many formats; the names are also file suffixes.
RESOURCES: Final = (
    Offer("ttl", "text/turtle", ("application/x-turtle",)),
    Offer("jsonld", "application/ld+json"),
    Offer("nt", "application/n-triples", ("text/plain",)),
    Offer("rdf", "application/rdf+xml", ("application/xml", "text/xml")),
    Offer("nq", "application/n-quads"),
    Offer("trig", "application/trig"),
    JSON,
    HTML,
)


CITATIONS: Final = (
    Offer("bib", "application/x-bibtex"),
    Offer("ris", "application/x-research-info-systems"),
    Offer("cff", "application/yaml", ("application/x-yaml", "text/yaml")),
)
RELEASES: Final = (JSON, HTML, *RESOURCES[:4], *CITATIONS)
"""A release in all formats that describe it; the names are also file suffixes."""


# What Java sends of its own accord ends in `*/*; q=.2`, and without a digit before the point the range would not count.
_BARE_FRACTION: Final = re.compile(r"(?<=[qQ]=)(?=\.[0-9])")


def choose(offers: Sequence[Offer], *, accept: str = "", asked: str | None = None) -> Offer:
    """The offer that the reader likes best; among equals the one that stands first.

    `asked` is the format parameter, a name or a media type, and beats the Accept header. As RFC 9110 has it, the most
    specific range that fits an offer decides its quality, whatever the order in the header.

    Raises:
        CoopgraphError: "not-acceptable", naming all offers, if none fits.
    """
    if asked is not None:
        for offer in offers:
            if asked.strip().lower() in {offer.name, offer.media_type, *offer.also}:
                return offer
        raise _nothing(offers, asked)
    if not accept.strip():
        return offers[0]
    ranges = _ranges(accept)
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    if _quality(best, ranges) <= 0:
        raise _nothing(offers, accept)
    return best


def prefers(offer: Offer, others: Iterable[Offer], accept: str) -> bool:
    """Whether the reader likes this offer better than all the others, and not just as well as anything."""
    try:
        return choose((*others, offer), accept=accept) is offer
    except CoopgraphError:
        return False


@lru_cache(maxsize=256)
def _ranges(accept: str) -> tuple[tuple[str, float], ...]:
    ranges = parse_accept_header(_BARE_FRACTION.sub("0", accept), MIMEAccept)
    return tuple((parse_options_header(text)[0].lower(), quality) for text, quality in ranges)


def _quality(offer: Offer, ranges: Sequence[tuple[str, float]]) -> float:
    # Other names for a format count only where they are written out: `*/*` is about the format's own type.
    kind = offer.media_type.partition("/")[0] + "/*"
    for wanted in ((offer.media_type,), offer.also, (kind,), ("*/*",)):
        qualities = [quality for text, quality in ranges if text in wanted]
        if qualities:
            return max(qualities)
    return 0.0


def _nothing(offers: Sequence[Offer], wanted: str) -> CoopgraphError:
    there_is = ", ".join(f"{offer.media_type} ({offer.name})" for offer in offers)
    return CoopgraphError("not-acceptable", f"{wanted!r} is not offered.", remedy=f"There is {there_is}.")
